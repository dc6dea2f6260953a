package io.millrace.kit.health;

import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/** Health component {@code postgres}: a statement goes there and back. Needs {@code PostgresConnection}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthSettings.class)
public class PostgresHealth {

    @Bean
    ReactiveHealthIndicator postgresHealthIndicator(DatabaseClient postgres, HealthSettings settings) {
        Mono<Integer> one = postgres.sql("SELECT 1").mapValue(Integer.class).one();
        return new ServerHealth("PostgreSQL", one.map(_ -> Map.of()), settings);
    }
}
