package io.millrace.kit.connection;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The bounded client for ClickHouse. It connects when first used. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ClickHouseSettings.class)
public class ClickHouseConnection {

    @Bean
    ClickHouse clickHouse(ClickHouseSettings settings, @Value("${spring.application.name}") String service) {
        return new ClickHouse(ClickHouse.client(settings, service), settings.connectionsMax(), settings.pendingMax());
    }
}
