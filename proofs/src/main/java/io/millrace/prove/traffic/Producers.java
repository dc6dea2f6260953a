package io.millrace.prove.traffic;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Kafka's producers, set to outlast every outage that a plan makes. */
final class Producers {
    private static final int OUTLAST_MILLIS = 10 * 60 * 1_000;
    private static final int REQUEST_MILLIS = 5_000;
    /** The local broker allows no more. */
    private static final int TRANSACTION_MILLIS = 10_000;

    private Producers() {}

    static KafkaProducer<byte[], byte[]> plain(String servers) {
        return producer(
                servers,
                Map.of(
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, OUTLAST_MILLIS,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, OUTLAST_MILLIS));
    }

    static KafkaProducer<byte[], byte[]> transactional(String servers, String name) {
        return producer(
                servers,
                Map.of(
                        ProducerConfig.TRANSACTIONAL_ID_CONFIG, name,
                        ProducerConfig.TRANSACTION_TIMEOUT_CONFIG, TRANSACTION_MILLIS,
                        ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, TRANSACTION_MILLIS,
                        ProducerConfig.MAX_BLOCK_MS_CONFIG, TRANSACTION_MILLIS));
    }

    private static KafkaProducer<byte[], byte[]> producer(String servers, Map<String, Object> more) {
        Map<String, Object> settings = new HashMap<>(more);
        settings.put(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, servers);
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        settings.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        settings.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS);
        settings.put(ProducerConfig.LINGER_MS_CONFIG, 5);
        settings.put(ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4");
        settings.put(ProducerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG, 500);
        return new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }
}
