package io.millrace.kit.eventlog;

import io.millrace.kit.connection.ClickHouse;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Refuses to start unless ClickHouse has the schema that is needed. Needs {@code ClickHouseConnection}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(StartSettings.class)
public class ClickHouseSchemaConfiguration {

    @Bean
    ClickHouseSchema clickHouseSchema(ClickHouse clickHouse, StartSettings settings) {
        return ClickHouseSchema.checked(clickHouse, new StartCheck(settings));
    }
}
