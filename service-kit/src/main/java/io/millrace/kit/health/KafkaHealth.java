package io.millrace.kit.health;

import java.util.Collection;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.Node;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/** Health component {@code kafka}: the cluster describes itself. Needs {@code KafkaConnection}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthSettings.class)
public class KafkaHealth {

    @Bean
    ReactiveHealthIndicator kafkaHealthIndicator(Admin admin, HealthSettings settings) {
        // The admin client has a thread of its own, so nothing blocks here.
        Mono<Collection<Node>> nodes =
                Mono.fromCompletionStage(() -> admin.describeCluster().nodes().toCompletionStage());
        return new ServerHealth("Kafka", nodes.map(found -> Map.of("brokers", found.size())), settings);
    }
}
