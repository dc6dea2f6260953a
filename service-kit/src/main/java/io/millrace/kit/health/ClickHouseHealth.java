package io.millrace.kit.health;

import io.millrace.kit.connection.ClickHouse;
import java.util.Map;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Health component {@code clickhouse}: it answers {@code SELECT 1}. Needs {@code ClickHouseConnection}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthSettings.class)
public class ClickHouseHealth {

    @Bean
    ReactiveHealthIndicator clickhouseHealthIndicator(ClickHouse clickHouse, HealthSettings settings) {
        Mono<Integer> rows =
                clickHouse.call(client -> client.queryAll("SELECT 1").size());
        return new ServerHealth("ClickHouse", rows.map(_ -> Map.of()), settings);
    }
}
