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
    static final Tenant TENANT = new Tenant("demo");
    private static final Duration POLL = Duration.ofSeconds(10);

    private final String bootstrapServers;
    private final InstantSource clock;
    private final Terms terms;

    private static final int FEED_EVERY_MILLIS = 5;
    private static final long NANOS = 1_000_000_000L;

    /**
     * What its events are like.
     *
     * @param seed of the traffic
     * @param tenants whose the events are, in turn; one that is named several times has as many more
     */
    record Terms(long seed, List<Tenant> tenants) {
        static final Terms USUAL = new Terms(Extent.SEED, List.of(TENANT));

        Terms {
            tenants = List.copyOf(tenants);
            if (tenants.isEmpty()) {
                throw new IllegalArgumentException("every event is a tenant's");
            }
        }

        Tenant tenant(long index) {
            return tenants.get((int) (index % tenants.size()));
        }
    }

    DemoLog(String bootstrapServers, InstantSource clock, Terms terms) {
        this.bootstrapServers = bootstrapServers;
        this.clock = clock;
        this.terms = terms;
    }

    /** Appends so many events, of distinct ids, so far apart in event time, from the given moment on. */
    void append(int events, Instant from, Duration apart) throws MeasurementException {
        AtomicReference<Exception> failure = new AtomicReference<>();
        ShopTraffic traffic = new ShopTraffic(terms.seed());
        try (var producer = producer()) {
            for (int index = 0; index < events && failure.get() == null; index++) {
                var _ = producer.send(record(traffic, from.plus(apart.multipliedBy(index)), index), (_, problem) -> {
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
        ShopTraffic traffic = new ShopTraffic(terms.seed() + feed);
        int events = perSecond * seconds;
        Instant from = clock.instant().minusSeconds(seconds);
        List<ProducerRecord<byte[], byte[]>> records = new ArrayList<>(events);
        for (int index = 0; index < events; index++) {
            records.add(record(traffic, from.plusNanos(index * NANOS / perSecond), index));
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

    /**
     * What appends events as they happen, of other ids than all else that is appended.
     *
     * @param feed as of {@link #feed}
     */
    RunningFeed.Outlet outlet(int feed) {
        return new RunningFeed.Outlet() {
            private final ShopTraffic traffic = new ShopTraffic(terms.seed() + feed);
            private final KafkaProducer<byte[], byte[]> producer = producer();
            private final AtomicReference<Exception> failure = new AtomicReference<>();
            private long sent;

            @Override
            public void send(int events) throws MeasurementException {
                Instant now = clock.instant();
                for (int index = 0; index < events; index++) {
                    var _ = producer.send(record(traffic, now, sent++), (_, problem) -> {
                        if (problem != null) {
                            failure.set(problem);
                        }
                    });
                }
                if (failure.get() != null) {
                    throw new MeasurementException("Kafka did not take the events: " + failure.get(), failure.get());
                }
            }

            @Override
            public void finish() {
                producer.close();
            }
        };
    }

    private ProducerRecord<byte[], byte[]> record(ShopTraffic traffic, Instant when, long index) {
        return EventRecords.of(EventTopic.NAME, terms.tenant(index), DemoEvents.parsed(traffic.next(when)));
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
