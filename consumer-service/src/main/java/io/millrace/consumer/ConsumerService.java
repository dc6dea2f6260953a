package io.millrace.consumer;

import io.millrace.consumer.letters.LettersConfiguration;
import io.millrace.consumer.partition.PartitionConfiguration;
import io.millrace.kit.ServiceBasics;
import io.millrace.kit.access.AdminConfiguration;
import io.millrace.kit.connection.ClickHouseConnection;
import io.millrace.kit.connection.KafkaConnection;
import io.millrace.kit.connection.PostgresConnection;
import io.millrace.kit.eventlog.ClickHouseSchemaConfiguration;
import io.millrace.kit.eventlog.EventLogConfiguration;
import io.millrace.kit.health.ClickHouseHealth;
import io.millrace.kit.health.KafkaHealth;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;

/** Reads the topic, stores it in ClickHouse, and keeps the ledger. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    ServiceBasics.class,
    ClickHouseConnection.class,
    KafkaConnection.class,
    PostgresConnection.class,
    EventLogConfiguration.class,
    ClickHouseSchemaConfiguration.class,
    ClickHouseHealth.class,
    KafkaHealth.class,
    PartitionConfiguration.class,
    AdminConfiguration.class,
    LettersConfiguration.class
})
class ConsumerService {
    static void main(String[] args) {
        SpringApplication.run(ConsumerService.class, args);
    }

    @Bean
    ProcessEnd processEnd() {
        return new ProcessEnd(() -> System.exit(ProcessEnd.EXIT_CODE));
    }
}
