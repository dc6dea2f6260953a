package io.millrace.prove.verdict;

import io.millrace.log.EventTopic;
import io.millrace.prove.traffic.Note;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/**
 * Reads the whole topic as anybody can and counts it anew. Uses nothing that is being tested: what a record is, its
 * producer noted on it; who it is, its key says; the rule for duplicates is a dictionary.
 */
public final class LogReading {
    private static final Duration POLL = Duration.ofMillis(500);
    private static final int FETCH_BYTES_MAX = 16 << 20;

    /** The broker ends an abandoned transaction after 10 s. */
    private static final Duration TRANSACTIONS_END_WITHIN = Duration.ofMinutes(1);

    private static final long LOOK_EVERY_MILLIS = 500;

    private final String servers;
    private final RecordSink sink;
    private final Map<String, Sums> sums = new TreeMap<>();
    private final Map<String, Long> reasons = new TreeMap<>();

    public LogReading(String servers) {
        this(servers, (_, _, _) -> {});
    }

    /**
     * Reading for somebody who counts it in a way of its own.
     *
     * @param sink is shown each record
     */
    public LogReading(String servers, RecordSink sink) {
        this.servers = servers;
        this.sink = sink;
    }

    /** Takes the records of the log, partition by partition, by offset. */
    @FunctionalInterface
    public interface RecordSink {
        /**
         * The next record.
         *
         * @param note what its producer said of it
         * @param counts whether it is an event, and the first of its id
         */
        void take(ConsumerRecord<byte[], byte[]> record, Note note, boolean counts);
    }

    /** Reads all partitions up to where they end now. */
    public LogRecount read() {
        List<PartitionRecount> partitions = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer("read_committed")) {
            for (int number = 0;
                    number < consumer.partitionsFor(EventTopic.NAME).size();
                    number++) {
                partitions.add(read(consumer, new TopicPartition(EventTopic.NAME, number)));
            }
        }
        return new LogRecount(partitions, sums, reasons);
    }

    /** Waits until no transaction is open any more, so that the log's readable end does not move. */
    public void awaitTransactions() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + TRANSACTIONS_END_WITHIN.toNanos();
        while (hasOpenTransaction()) {
            if (System.nanoTime() > deadlineNanos) {
                throw new IllegalStateException("a transaction is still open; the log has no readable end");
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
    }

    private boolean hasOpenTransaction() {
        return !ends("read_committed").equals(ends("read_uncommitted"));
    }

    /** Where committed records end, by partition. */
    public List<Long> ends() {
        return ends("read_committed");
    }

    private List<Long> ends(String isolation) {
        List<Long> ends = new ArrayList<>();
        try (KafkaConsumer<byte[], byte[]> consumer = consumer(isolation)) {
            for (int number = 0;
                    number < consumer.partitionsFor(EventTopic.NAME).size();
                    number++) {
                ends.add(end(consumer, new TopicPartition(EventTopic.NAME, number)));
            }
        }
        return ends;
    }

    private PartitionRecount read(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        int end = Math.toIntExact(end(consumer, partition));
        PartitionRecount recount =
                new PartitionRecount(partition.partition(), end, new BitSet(), new BitSet(), new BitSet());
        Copies copies = new Copies();
        consumer.assign(List.of(partition));
        consumer.seekToBeginning(List.of(partition));
        while (consumer.position(partition) < end) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < end) {
                    count(record, recount, copies);
                }
            }
        }
        return recount;
    }

    private void count(ConsumerRecord<byte[], byte[]> record, PartitionRecount recount, Copies copies) {
        Note note = Note.of(record.headers());
        int offset = (int) record.offset();
        boolean counts = false;
        if (!note.isEvent()) {
            recount.deadLetters().set(offset);
            reasons.merge(note.type(), 1L, Long::sum);
        } else if (note.named() && copies.isDuplicate(record.key(), record.offset(), record.timestamp())) {
            recount.duplicates().set(offset);
        } else {
            counts = true;
            recount.stored().set(offset);
            sums.merge(note.tenant() + "\t" + note.type(), Sums.ofOne(note), Sums::plus);
        }
        sink.take(record, note, counts);
    }

    private static long end(KafkaConsumer<byte[], byte[]> consumer, TopicPartition partition) {
        Long end = consumer.endOffsets(List.of(partition)).get(partition);
        if (end == null) {
            throw new IllegalStateException("Kafka does not say where " + partition + " ends");
        }
        return end;
    }

    private KafkaConsumer<byte[], byte[]> consumer(String isolation) {
        Map<String, Object> settings = Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG, servers,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG, isolation,
                ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false,
                ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCH_BYTES_MAX,
                ConsumerConfig.MAX_POLL_RECORDS_CONFIG, 10_000);
        return new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }
}
