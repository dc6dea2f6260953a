package io.millrace.prove.verdict;

import io.millrace.prove.traffic.Note;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * Reads the whole topic as anybody can and counts it anew. Uses nothing that is being tested: what a record is, its
 * producer noted on it; who it is, its key says; the rule for duplicates is a dictionary.
 */
public final class LogReading {
    /** The broker ends an abandoned transaction after 10 s. */
    private static final Duration TRANSACTIONS_END_WITHIN = Duration.ofMinutes(1);

    private static final long LOOK_EVERY_MILLIS = 500;

    private final PlainTopic topic;
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
        this.topic = new PlainTopic(servers);
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
        for (long end : ends()) {
            partitions.add(read(partitions.size(), Math.toIntExact(end)));
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
        return !ends().equals(topic.ends(PlainTopic.UNCOMMITTED));
    }

    /** Where committed records end, by partition. */
    public List<Long> ends() {
        return topic.ends(PlainTopic.COMMITTED);
    }

    private PartitionRecount read(int partition, int end) {
        PartitionRecount recount = new PartitionRecount(partition, end, new BitSet(), new BitSet(), new BitSet());
        Copies copies = new Copies();
        topic.read(partition, end, record -> count(record, recount, copies));
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
}
