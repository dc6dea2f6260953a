package io.millrace.kit.connection;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.CommonClientConfigs;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The brokers.
 *
 * @param kafka bootstrap servers, {@code host:port[,host:port…]} ({@code millrace.kafka}); no default
 * @param kafkaClient further properties for every Kafka client ({@code millrace.kafka-client.*}), meant for what the
 *     brokers' security asks for: {@code security.protocol}, {@code sasl.*}, {@code ssl.*}; none by default. What a
 *     promise depends on ({@code acks}, {@code isolation.level}, …) is set in code after these and cannot be changed
 */
@ConfigurationProperties("millrace")
public record KafkaSettings(String kafka, @DefaultValue Map<String, String> kafkaClient) {
    private static final String PROPERTY = "millrace.kafka";
    private static final String FORM = "host:port[,host:port]";

    public KafkaSettings {
        // Null only where nothing is bound at all; the annotation cannot say so.
        if (kafka == null || kafka.isBlank()) {
            throw Limits.wrong(PROPERTY, FORM, "it is not set");
        }
        for (String server : List.of(kafka.split(",", -1))) {
            if (!server.strip().matches("\\[?[^\\s/@\\[\\]]+]?:\\d{1,5}")) {
                throw Limits.wrong(PROPERTY, FORM, "a server is malformed");
            }
        }
        kafkaClient = Map.copyOf(kafkaClient);
    }

    /**
     * What producers, consumers, Streams and the admin client of a service have in common.
     *
     * @param clientId shown in the brokers' logs and metrics
     * @return a new map, for the caller to add to
     */
    public Map<String, Object> clientProperties(String clientId) {
        Map<String, Object> properties = new HashMap<>(kafkaClient);
        properties.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.replace(" ", ""));
        properties.put(CommonClientConfigs.CLIENT_ID_CONFIG, clientId);
        // A broker that comes back is found within a second, not after the default's growing pauses.
        properties.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, 1_000);
        return properties;
    }

    /** Without the further properties, which may hold passwords. */
    @Override
    public String toString() {
        return "KafkaSettings[kafka=" + kafka + ", kafkaClient=" + kafkaClient.keySet() + "]";
    }
}
