package io.millrace.kit.breaker;

import io.millrace.kit.metrics.Meters;
import java.time.Clock;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.r2dbc.core.DatabaseClient;

/** Circuit breakers. Needs {@code PostgresConnection} and {@code ServiceBasics}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(BreakerSettings.class)
public class BreakerConfiguration {

    @Bean(initMethod = "start")
    BreakerEvents breakerEvents(
            DatabaseClient postgres,
            BreakerSettings settings,
            Clock clock,
            Meters meters,
            @Value("${spring.application.name}") String service) {
        BreakerEventTable.Writer writer = new BreakerEventTable.Writer(service, InstanceName.own());
        return new BreakerEvents(
                new BreakerEventTable(postgres, writer, settings.eventsKept(), clock),
                settings.eventsHeldMax(),
                meters);
    }

    @Bean
    Breakers breakers(BreakerSettings settings, Clock clock, Meters meters, BreakerEvents events) {
        return new Breakers(settings, clock, meters, events::add);
    }
}
