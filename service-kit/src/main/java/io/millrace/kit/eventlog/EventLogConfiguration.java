package io.millrace.kit.eventlog;

import io.millrace.log.EventTopic;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/**
 * The {@link EventLog}, there only if PostgreSQL has the schema that is needed and the topic is the registered one;
 * else the service does not start. Needs {@code PostgresConnection} and {@code KafkaConnection}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StartSettings.class)
public class EventLogConfiguration {

    @Bean
    StartCheck startCheck(StartSettings settings) {
        return new StartCheck(settings);
    }

    @Bean
    EventLog eventLog(DatabaseClient postgres, Admin kafka, StartCheck start) {
        EventLogCheck check = new EventLogCheck(postgres, kafka);
        start.await("PostgreSQL", check.schema(SchemaVersion.of("PostgreSQL", "db/postgresql")));
        return start.await("Kafka", check.log(EventTopic.NAME));
    }
}
