package io.millrace.kit.connection;

import io.millrace.kit.breaker.BreakerConfiguration;
import io.millrace.kit.breaker.Breakers;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/**
 * The bounded client for ClickHouse, which connects when first used, and the breaker around it. Needs {@code
 * PostgresConnection} and {@code ServiceBasics}.
 */
@Configuration(proxyBeanMethods = false)
@Import(BreakerConfiguration.class)
@EnableConfigurationProperties(ClickHouseSettings.class)
public class ClickHouseConnection {

    @Bean
    ClickHouse clickHouse(
            ClickHouseSettings settings, @Value("${spring.application.name}") String service, Breakers breakers) {
        return new ClickHouse(
                ClickHouse.client(settings, service),
                settings.connectionsMax(),
                settings.pendingMax(),
                breakers.around("clickhouse", ClickHouseTrouble::judge));
    }
}
