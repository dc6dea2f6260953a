package io.millrace.kit.access;

import io.millrace.kit.breaker.BreakerConfiguration;
import io.millrace.kit.breaker.Breakers;
import io.millrace.kit.connection.PostgresListener;
import io.millrace.kit.connection.PostgresNotifications;
import io.millrace.kit.health.PostgresHealth;
import io.millrace.kit.metrics.Meters;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.time.Clock;
import java.util.List;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.r2dbc.core.DatabaseClient;

/** Keys and tenants. Needs {@code PostgresConnection} and {@code ServiceBasics}. */
@Configuration(proxyBeanMethods = false)
@Import({PostgresHealth.class, BreakerConfiguration.class})
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
    KeyLookup keyLookup(ApiKeys keys, KeySettings settings, Breakers breakers) {
        return new KeyLookup(keys::find, settings.lookupTimeout(), breakers.around("postgres", KeyLookup::judge));
    }

    @Bean
    KeyCache keyCache(KeyLookup lookup, KeySettings settings, Clock clock, Meters meters) {
        return new KeyCache(lookup, settings, clock, new KeyMetrics(meters));
    }

    @Bean
    KeyChanges keyChanges(KeyCache keys, KeyLookup lookup) {
        return new KeyChanges(keys, lookup);
    }

    /** Of whoever listens in this service. */
    @Bean
    PostgresNotifications postgresNotifications(
            PostgresqlConnectionFactory postgresConnections, List<PostgresListener> listeners) {
        return new PostgresNotifications(postgresConnections, listeners);
    }

    @Bean
    BearerAccess bearerAccess(KeyCache keys) {
        return new BearerAccess(keys);
    }

    @Bean
    ReactiveHealthIndicator keysHealthIndicator(
            ReactiveHealthIndicator postgresHealthIndicator, KeyCache keys, PostgresNotifications notifications) {
        return new KeysHealth(postgresHealthIndicator, keys, notifications::isListening);
    }
}
