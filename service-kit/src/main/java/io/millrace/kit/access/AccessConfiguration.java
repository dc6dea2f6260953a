package io.millrace.kit.access;

import io.millrace.kit.health.PostgresHealth;
import io.millrace.kit.metrics.Meters;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;

/** Keys and tenants. Needs {@code PostgresConnection} and {@code ServiceBasics}. */
@Configuration(proxyBeanMethods = false)
@Import(PostgresHealth.class)
@EnableConfigurationProperties(KeySettings.class)
public class AccessConfiguration {

    @Bean
    Tenants tenants(DatabaseClient postgres) {
        return new Tenants(postgres);
    }

    @Bean
    ApiKeys apiKeys(DatabaseClient postgres) {
        return new ApiKeys(postgres);
    }

    @Bean
    KeyCache keyCache(ApiKeys keys, KeySettings settings, Clock clock, Meters meters) {
        return new KeyCache(keys::find, settings, clock, new KeyMetrics(meters));
    }

    @Bean
    BearerAccess bearerAccess(KeyCache keys) {
        return new BearerAccess(keys);
    }

    @Bean
    ReactiveHealthIndicator keysHealthIndicator(ReactiveHealthIndicator postgresHealthIndicator, KeyCache keys) {
        return new KeysHealth(postgresHealthIndicator, keys);
    }
}
