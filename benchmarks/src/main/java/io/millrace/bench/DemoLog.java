package io.millrace.bench;

import io.millrace.demo.ShopTraffic;
import io.millrace.log.EventRecords;
import io.millrace.log.EventTopic;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The topic of events, filled with demo traffic, and Kafka's bare consumer on it. */
final class DemoLog {
    private static final long SEED = 20_261_121;
    private static final Tenant TENANT = new Tenant("demo");
    private static final Duration POLL = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final InstantSource clock;

    private static final int FEED_EVERY_MILLIS = 5;
    private static final long NANOS = 1_000_000_000L;

    DemoLog(String bootstrapServers, InstantSource clock) {
        this.bootstrapServers = bootstrapServers;
        this.clock = clock;
    }

    /** Appends so many events, of distinct ids, one a millisecond of event time from the given moment on. */
    void append(int events, Instant from) throws MeasurementException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        ShopTraffic traffic = new ShopTraffic(SEED);
        try (var producer = producer()) {
            for (int index = 0; index < events && failure.get() == null; index++) {
                var _ = producer.send(record(traffic, from.plusMillis(index)), (_, problem) -> {
                    if (problem != null) {
                        failure.set(problem);
                    }
                });
            }
        }
        if (failure.get() != null) {
            throw new MeasurementException("Kafka did not take the events: " + failure.get(), failure.get());
        }
    }

    /**
     * Appends events at a steady rate, of other ids than {@link #append}'s. They are made beforehand and sent every
     * {@value #FEED_EVERY_MILLIS} ms, so that the measurement takes little of the time of what it measures.
     *
     * @param feed which of the feeds into this log it is, from 1: each has ids of its own
     */
    void feed(int feed, int perSecond, int seconds, Callback received) {
        ShopTraffic traffic = new ShopTraffic(SEED + feed);
        int events = perSecond * seconds;
        Instant from = clock.instant().minusSeconds(seconds);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(events);
        for (int index = 0; index < events; index++) {
            records.add(record(traffic, from.plusNanos(index * NANOS / perSecond)));
        }
        try (var producer = producer()) {
            long startNanos = System.nanoTime();
            int sent = 0;
            while (sent < events) {
                LockSupport.parkNanos(FEED_EVERY_MILLIS * 1_000_000L);
                long due = Math.min(events, (System.nanoTime() - startNanos) * perSecond / NANOS);
                while (sent < due) {
                    var _ = producer.send(records.get(sent++), received);
                }
            }
        }
    }

    private static ProducerRecord<byte[], byte[]> record(ShopTraffic traffic, Instant when) {
        return EventRecords.of(EventTopic.NAME, TENANT, DemoEvents.parsed(traffic.next(when)));
    }

    private KafkaProducer<byte[], byte[]> producer() {
        // As the door sends them.
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "acks",
                "all",
                "compression.type",
                "lz4",
                "linger.ms",
                5,
                "batch.size",
                131_072,
                "buffer.memory",
                67_108_864L);
        return new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Reads so many records from the beginning, with the consumer-service's settings, and does nothing with them.
     *
     * @return records a second
     */
    double readRate(int records) throws MeasurementException {
        Map<String, Object> properties = Map.of(
                "bootstrap.servers",
                bootstrapServers,
                "isolation.level",
                "read_committed",
                "max.poll.records",
                2_000,
                "fetch.max.bytes",
                16 * 1024 * 1024,
                "enable.auto.commit",
                false);
        try (var consumer = new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
            List<TopicPartition> partitions = consumer.partitionsFor(EventTopic.NAME).stream()
                    .map(info -> new TopicPartition(EventTopic.NAME, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            long startNanos = System.nanoTime();
            int read = 0;
            while (read < records) {
                int more = consumer.poll(POLL).count();
                if (more == 0) {
                    throw new MeasurementException("the log has " + read + " records and should have " + records);
                }
                read += more;
            }
            return read / ((System.nanoTime() - startNanos) / 1e9);
        }
    }
}
