package io.millrace.ingestion.publish;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How events go to Kafka.
 *
 * @param deliveryTimeout after which an event that Kafka has not acknowledged has failed, retries included; 10 s, so
 *     that a client hears of a dead Kafka before its own patience ends
 * @param requestTimeout for one attempt; 4 s, so that there are two within the delivery timeout
 * @param linger how long the producer waits for more events to send together; 2 ms, which a lone request hardly feels
 *     and which halves the number of requests to Kafka under load
 * @param batchSize of one partition, before compression; 128 KiB, some 400 events of usual size
 * @param bufferSize events waiting in the producer, before compression; 64 MiB. When it is full, sending waits
 * @param compression of batches; {@code lz4}, which takes 0.3 to 0.9 µs an event. {@code zstd} makes batches a third
 *     smaller, on the wire and on Kafka's disks, and takes two to three times as long (RATIONALE.md)
 * @param slowAfter how long what was sent may go without an answer before no more is sent; 2 s, a hundred times what Kafka
 *     usually takes. Then: 503 at once
 * @param blockMax how long sending may wait for room in the buffer or for the topic's metadata; 2 s, then the event
 *     has failed
 */
@ConfigurationProperties("millrace.ingestion.kafka")
record PublishSettings(
        @DefaultValue("10s") Duration deliveryTimeout,
        @DefaultValue("4s") Duration requestTimeout,
        @DefaultValue("2ms") Duration linger,
        @DefaultValue("128KB") DataSize batchSize,
        @DefaultValue("64MB") DataSize bufferSize,
        @DefaultValue("lz4") Compression compression,
        @DefaultValue("2s") Duration slowAfter,
        @DefaultValue("2s") Duration blockMax) {

    public PublishSettings {
        if (linger.isNegative()
                || Math.min(requestTimeout.toMillis(), Math.min(slowAfter.toMillis(), blockMax.toMillis())) < 1) {
            throw new IllegalArgumentException("durations under millrace.ingestion.kafka must be positive");
        }
        if (deliveryTimeout.compareTo(linger.plus(requestTimeout)) < 0) {
            throw new IllegalArgumentException(
                    "millrace.ingestion.kafka.delivery-timeout must be at least linger plus request-timeout");
        }
        if (deliveryTimeout.compareTo(slowAfter) < 0) {
            throw new IllegalArgumentException(
                    "millrace.ingestion.kafka.slow-after must not be longer than delivery-timeout");
        }
        if (batchSize.toBytes() < 1 || bufferSize.compareTo(batchSize) < 0) {
            throw new IllegalArgumentException(
                    "millrace.ingestion.kafka.buffer-size must hold at least one batch-size");
        }
    }
}
