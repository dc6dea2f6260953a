package io.millrace.consumer.range;

import io.millrace.log.Fate;
import io.millrace.log.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** A range while records are added to it. Its last offset is the last one seen, so it accounts for all of them. */
final class OpenRange {
    private static final long DAY_MILLIS = Duration.ofDays(1).toMillis();

    private final LogPartition partition;
    private final long startOffset;
    private final long openedNanos;
    private final long agesFromNanos;
    private final EventRows events;
    private final DeadLetterRows deadLetters;
    private long endOffset;
    private long duplicates;
    private long skipped;
    private boolean hasRecords;
    private long receivedFromMillis;
    private long receivedToMillis;
    private int leaderEpoch;

    /**
     * A range without offsets.
     *
     * @param leaderEpoch of the last record before it
     */
    OpenRange(LogPartition partition, long startOffset, int leaderEpoch, RangeLimits limits, long nowNanos) {
        this.partition = partition;
        this.startOffset = startOffset;
        this.openedNanos = nowNanos;
        this.agesFromNanos = limits.agesFrom(partition.partition(), nowNanos);
        this.events = new EventRows(partition);
        this.deadLetters = new DeadLetterRows(partition);
        this.endOffset = startOffset;
        this.leaderEpoch = leaderEpoch;
    }

    void addEvent(ConsumerRecord<byte[], byte[]> record, StoredEvent event) {
        include(record);
        events.add(record, event);
    }

    void addDuplicate(ConsumerRecord<byte[], byte[]> record) {
        include(record);
        duplicates++;
    }

    void addDeadLetter(ConsumerRecord<byte[], byte[]> record, Fate.DeadLetter fate, Instant now) {
        include(record);
        deadLetters.add(record, fate, now);
    }

    /** Takes in the offsets below this one, which hold no records. */
    void advanceTo(long nextOffset) {
        if (nextOffset < endOffset) {
            throw new IllegalStateException(
                    "partition %s went back from offset %d to %d".formatted(partition, endOffset, nextOffset));
        }
        skipped += nextOffset - endOffset;
        endOffset = nextOffset;
    }

    Range close(Instant receivedBefore) {
        LedgerEntry.Counts counts = new LedgerEntry.Counts(
                events.block().rows(), duplicates, deadLetters.block().rows(), skipped);
        Instant from = hasRecords ? Instant.ofEpochMilli(receivedFromMillis) : receivedBefore;
        Instant to = hasRecords ? Instant.ofEpochMilli(receivedToMillis) : receivedBefore;
        LedgerEntry entry = new LedgerEntry(partition, startOffset, endOffset, counts, from, to, leaderEpoch);
        return new Range(entry, events, deadLetters, openedNanos);
    }

    boolean isEmpty() {
        return endOffset == startOffset;
    }

    /** Whether a record may be added that was received then: only if the day of receipt is the same. */
    boolean takes(long receivedAtMillis) {
        return !hasRecords
                || Math.floorDiv(receivedFromMillis, DAY_MILLIS) == Math.floorDiv(receivedAtMillis, DAY_MILLIS);
    }

    boolean isFull(RangeLimits limits) {
        return rows() >= limits.rowsMax() || bytes() >= limits.bytesMax();
    }

    boolean isDue(RangeLimits limits, long nowNanos) {
        return isFull(limits) || nowNanos - agesFromNanos >= limits.ageMax().toNanos();
    }

    int rows() {
        return events.block().rows() + deadLetters.block().rows();
    }

    long bytes() {
        return events.block().bytes() + deadLetters.block().bytes();
    }

    Optional<Instant> receivedFrom() {
        return hasRecords ? Optional.of(Instant.ofEpochMilli(receivedFromMillis)) : Optional.empty();
    }

    private void include(ConsumerRecord<byte[], byte[]> record) {
        advanceTo(record.offset());
        endOffset = record.offset() + 1;
        long received = record.timestamp();
        receivedFromMillis = hasRecords ? Math.min(receivedFromMillis, received) : received;
        receivedToMillis = hasRecords ? Math.max(receivedToMillis, received) : received;
        hasRecords = true;
        leaderEpoch = record.leaderEpoch().orElse(leaderEpoch);
    }
}
