package io.millrace.kit.health;

import io.millrace.kit.eventlog.EventLog;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import reactor.core.publisher.Mono;

/**
 * Health component {@code eventlog}: Kafka has the topic, it is still the incarnation this service started with, and
 * its partitions have leaders. Needs {@code KafkaConnection} and {@code EventLogConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(HealthSettings.class)
public class EventLogHealth {

    @Bean
    ReactiveHealthIndicator eventlogHealthIndicator(Admin admin, EventLog log, HealthSettings settings) {
        Mono<Map<String, TopicDescription>> described = Mono.fromCompletionStage(
                () -> admin.describeTopics(List.of(log.topic())).allTopicNames().toCompletionStage());
        return new ServerHealth(
                "Kafka", described.map(all -> judge(log, Objects.requireNonNull(all.get(log.topic())))), settings);
    }

    /**
     * What health says of the topic. One partition without a leader is no reason to take a service out of rotation,
     * because all its instances would go at once; none with a leader is.
     */
    static Map<String, Object> judge(EventLog log, TopicDescription topic) {
        int partitions = topic.partitions().size();
        if (!log.is(topic)) {
            throw new LogReplaced();
        }
        long leaderless = topic.partitions().stream()
                .filter(partition ->
                        partition.leader() == null || partition.leader().isEmpty())
                .count();
        if (leaderless == partitions) {
            throw new NoLeader();
        }
        return Map.of("partitions", partitions, "leaderless", leaderless, "degraded", leaderless > 0);
    }

    /** Its simple name is what health shows: the topic was made anew or given more partitions; restart the service. */
    static final class LogReplaced extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        LogReplaced() {
            super("the topic is not the one this service started with: run `migrate` and restart the services");
        }
    }

    /** Its simple name is what health shows: no partition can be written or read. */
    static final class NoLeader extends IllegalStateException {
        private static final long serialVersionUID = 1L;

        NoLeader() {
            super("no partition of the topic has a leader");
        }
    }
}
