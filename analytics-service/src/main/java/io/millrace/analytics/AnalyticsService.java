package io.millrace.analytics;

import io.millrace.analytics.peer.PeerConfiguration;
import io.millrace.analytics.tail.TailConfiguration;
import io.millrace.kit.ServiceBasics;
import io.millrace.kit.access.AccessConfiguration;
import io.millrace.kit.connection.ClickHouseConnection;
import io.millrace.kit.connection.KafkaConnection;
import io.millrace.kit.connection.PostgresConnection;
import io.millrace.kit.eventlog.ClickHouseSchemaConfiguration;
import io.millrace.kit.eventlog.EventLogConfiguration;
import io.millrace.kit.health.ClickHouseHealth;
import io.millrace.kit.installation.UniqueHashKeysConfiguration;
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
    UniqueHashKeysConfiguration.class,
    ClickHouseSchemaConfiguration.class,
    AccessConfiguration.class,
    ClickHouseHealth.class,
    TailConfiguration.class,
    PeerConfiguration.class,
    AnalyticsConfiguration.class
})
class AnalyticsService {
    static void main(String[] args) {
        SpringApplication.run(AnalyticsService.class, args);
    }
}
