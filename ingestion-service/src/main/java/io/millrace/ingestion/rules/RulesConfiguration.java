package io.millrace.ingestion.rules;

import io.millrace.kit.connection.PostgresCopy;
import io.millrace.kit.connection.PostgresNotifications;
import io.millrace.kit.metrics.Meters;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.time.Clock;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

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
    PostgresCopy<RuleSet> rulesCopy(EventRules table, SchemaCompiler compiler, RulesSettings settings, Clock clock) {
        // As V6__rules.sql has it.
        var terms = new PostgresCopy.Terms("rules", "millrace_rules", settings.refresh(), settings.readTimeout());
        return new PostgresCopy<>(
                terms,
                table.all().collectList(),
                // Many schemas may have to be made ready, which is no work for the driver's threads.
                (all, before) -> Mono.fromCallable(() -> RuleSet.of(all, compiler, before.orElse(RuleSet.NONE)))
                        .subscribeOn(Schedulers.boundedElastic()),
                clock);
    }

    @Bean
    KnownRules knownRules(PostgresCopy<RuleSet> rulesCopy, Clock clock, Meters meters) {
        KnownRules known = new KnownRules(rulesCopy);
        RuleMetrics.register(meters, known, clock);
        return known;
    }

    @Bean
    ReactiveHealthIndicator rulesHealthIndicator(
            KnownRules known, PostgresNotifications notifications, RulesSettings settings, Clock clock) {
        return new RulesHealth(known, notifications::isListening, settings, clock);
    }
}
