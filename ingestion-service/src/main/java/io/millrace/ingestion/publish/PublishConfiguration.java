package io.millrace.ingestion.publish;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.kit.connection.KafkaSettings;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.metrics.Meters;
import java.util.Map;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.kafka.core.DefaultKafkaProducerFactory;
import org.springframework.kafka.core.MicrometerProducerListener;

/** The producer, with what its promises need. Needs {@code KafkaConnection} and {@code EventLogConfiguration}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PublishSettings.class)
public class PublishConfiguration {

    @Bean
    DefaultKafkaProducerFactory<byte[], byte[]> producerFactory(
            KafkaSettings kafka,
            PublishSettings settings,
            MeterRegistry registry,
            @Value("${spring.application.name}") String service) {
        DefaultKafkaProducerFactory<byte[], byte[]> factory = new DefaultKafkaProducerFactory<>(
                properties(kafka, settings, service), new ByteArraySerializer(), new ByteArraySerializer());
        factory.addListener(new MicrometerProducerListener<>(registry));
        // What was sent before the end gets its answer: the wait is the delivery's own.
        factory.setPhysicalCloseTimeout((int) settings.deliveryTimeout().toSeconds() + 1);
        return factory;
    }

    @Bean
    EventPublisher eventPublisher(
            DefaultKafkaProducerFactory<byte[], byte[]> producerFactory,
            EventLog log,
            Meters meters,
            PublishSettings settings) {
        Backlog backlog = new Backlog(settings.slowAfter(), settings.deliveryTimeout(), System::nanoTime);
        return new EventPublisher(
                producerFactory.createProducer(), log, backlog, new PublishMetrics(meters, settings, backlog));
    }

    static Map<String, Object> properties(KafkaSettings kafka, PublishSettings settings, String service) {
        Map<String, Object> properties = kafka.clientProperties(service);
        // 202 says that the event outlives any one broker: all replicas in sync have it.
        properties.put(ProducerConfig.ACKS_CONFIG, "all");
        // A retry inside the producer must not put the event into the log twice.
        properties.put(ProducerConfig.ENABLE_IDEMPOTENCE_CONFIG, true);
        properties.put(ProducerConfig.MAX_IN_FLIGHT_REQUESTS_PER_CONNECTION, 5);
        // Retries end with the delivery timeout, not with a count.
        properties.put(ProducerConfig.RETRIES_CONFIG, Integer.MAX_VALUE);
        properties.put(ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, (int)
                settings.deliveryTimeout().toMillis());
        properties.put(ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                settings.requestTimeout().toMillis());
        properties.put(ProducerConfig.MAX_BLOCK_MS_CONFIG, settings.blockMax().toMillis());
        properties.put(ProducerConfig.LINGER_MS_CONFIG, settings.linger().toMillis());
        properties.put(
                ProducerConfig.BATCH_SIZE_CONFIG, (int) settings.batchSize().toBytes());
        properties.put(
                ProducerConfig.BUFFER_MEMORY_CONFIG, settings.bufferSize().toBytes());
        properties.put(
                ProducerConfig.COMPRESSION_TYPE_CONFIG, settings.compression().kafkaName());
        return properties;
    }
}
