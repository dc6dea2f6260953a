package io.millrace.retention;

import io.millrace.kit.ServiceBasics;
import io.millrace.kit.access.AdminConfiguration;
import io.millrace.kit.connection.ClickHouseConnection;
import io.millrace.kit.connection.KafkaConnection;
import io.millrace.kit.connection.PostgresConnection;
import io.millrace.kit.eventlog.ClickHouseSchemaConfiguration;
import io.millrace.kit.eventlog.EventLogConfiguration;
import io.millrace.kit.health.ClickHouseHealth;
import io.millrace.kit.health.PostgresHealth;
import io.millrace.retention.run.RunConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** The program. */
@SpringBootConfiguration
@EnableAutoConfiguration
@Import({
    ServiceBasics.class,
    PostgresConnection.class,
    ClickHouseConnection.class,
    KafkaConnection.class,
    EventLogConfiguration.class,
    ClickHouseSchemaConfiguration.class,
    PostgresHealth.class,
    ClickHouseHealth.class,
    AdminConfiguration.class,
    RunConfiguration.class,
    LifecycleConfiguration.class
})
class RetentionService {
    static void main(String[] args) {
        SpringApplication.run(RetentionService.class, args);
    }
}
