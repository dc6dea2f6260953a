package io.millrace.kit.connection;

import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The admin client for Kafka: for checks only, services change nothing there. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(KafkaSettings.class)
public class KafkaConnection {
    private static final int REQUEST_TIMEOUT_MS = 2_000;
    private static final int CALL_TIMEOUT_MS = 5_000;

    @Bean(destroyMethod = "close")
    Admin kafkaAdmin(KafkaSettings settings, @Value("${spring.application.name}") String service) {
        Map<String, Object> properties = settings.clientProperties(service + "-admin");
        // A check that waits for a dead broker must end before the prober's patience does.
        properties.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_TIMEOUT_MS);
        properties.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, CALL_TIMEOUT_MS);
        return Admin.create(properties);
    }
}
