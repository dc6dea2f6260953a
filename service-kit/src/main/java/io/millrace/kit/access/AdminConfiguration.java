package io.millrace.kit.access;

import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The admin token, for services with admin routes. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AdminSettings.class)
public class AdminConfiguration {

    @Bean
    AdminAccess adminAccess(AdminSettings settings) {
        return new AdminAccess(settings.token());
    }
}
