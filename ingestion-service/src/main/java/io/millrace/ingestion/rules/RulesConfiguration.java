package io.millrace.ingestion.rules;

import io.millrace.kit.connection.PostgresNotifications;
import io.millrace.kit.metrics.Meters;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Tenants' rules. Needs {@code PostgresConnection} and the kit's notifications. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(RulesSettings.class)
public class RulesConfiguration {

    @Bean
    EventRules eventRules(DatabaseClient postgres, PostgresqlConnectionFactory postgresConnections) {
        return new EventRules(postgres, DatabaseClient.create(postgresConnections));
    }

    @Bean
    SchemaCompiler schemaCompiler(RulesSettings settings) {
        return new SchemaCompiler(settings.schemaStepsMax());
    }

    @Bean
    RuleWatch ruleWatch(EventRules table, SchemaCompiler compiler, RulesSettings settings, Clock clock, Meters meters) {
        RuleWatch watch = new RuleWatch(table, compiler, settings, clock);
        RuleMetrics.register(meters, watch, clock);
        return watch;
    }

    @Bean
    ReactiveHealthIndicator rulesHealthIndicator(
            RuleWatch watch, PostgresNotifications notifications, RulesSettings settings, Clock clock) {
        return new RulesHealth(watch, notifications::isListening, settings, clock);
    }
}
