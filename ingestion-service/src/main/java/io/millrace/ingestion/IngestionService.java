package io.millrace.ingestion;

import io.millrace.ingestion.admin.AdminServerConfiguration;
import io.millrace.ingestion.api.ApiConfiguration;
import io.millrace.ingestion.body.BodyConfiguration;
import io.millrace.ingestion.door.DoorConfiguration;
import io.millrace.ingestion.publish.PublishConfiguration;
import io.millrace.ingestion.quota.QuotaConfiguration;
import io.millrace.ingestion.rules.RulesConfiguration;
import io.millrace.kit.ServiceBasics;
import io.millrace.kit.access.AccessConfiguration;
import io.millrace.kit.access.AdminConfiguration;
import io.millrace.kit.connection.KafkaConnection;
import io.millrace.kit.connection.PostgresConnection;
import io.millrace.kit.eventlog.EventLogConfiguration;
import io.millrace.kit.health.EventLogHealth;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.kafka.autoconfigure.KafkaAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The door: takes events over HTTP, answers once Kafka has them. */
@SpringBootApplication(exclude = KafkaAutoConfiguration.class)
@Import({
    ServiceBasics.class,
    PostgresConnection.class,
    KafkaConnection.class,
    EventLogConfiguration.class,
    EventLogHealth.class,
    AccessConfiguration.class,
    AdminConfiguration.class,
    RulesConfiguration.class,
    PublishConfiguration.class,
    QuotaConfiguration.class,
    BodyConfiguration.class,
    DoorConfiguration.class,
    ApiConfiguration.class,
    AdminServerConfiguration.class
})
class IngestionService {
    static void main(String[] args) {
        SpringApplication.run(IngestionService.class, args);
    }
}
