package io.millrace.consumer.range;

import io.millrace.log.Fate;
import java.time.Instant;
import java.time.LocalDate;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/** A range while records are added to it. Its last offset is the last one seen, so it accounts for all of them. */
final class OpenRange {
    private final LogPartition partition;
    private final long startOffset;
    private final long openedNanos;
    private final EventRows events;
    private final DeadLetterRows deadLetters;
    private long endOffset;
    private long skipped;
    private @Nullable Instant receivedFrom;
    private @Nullable Instant receivedTo;
    private int leaderEpoch;

    /**
     * A range without offsets.
     *
     * @param leaderEpoch of the last record before it
     */
    OpenRange(LogPartition partition, long startOffset, int leaderEpoch, long nowNanos) {
        this.partition = partition;
        this.startOffset = startOffset;
        this.openedNanos = nowNanos;
        this.events = new EventRows(partition);
        this.deadLetters = new DeadLetterRows(partition);
        this.endOffset = startOffset;
        this.leaderEpoch = leaderEpoch;
    }

    void addEvent(ConsumerRecord<byte[], byte[]> record, Fate.Stored fate) {
        include(record);
        events.add(record, fate);
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
                events.block().rows(), 0, deadLetters.block().rows(), skipped);
        Instant from = receivedFrom == null ? receivedBefore : receivedFrom;
        Instant to = receivedTo == null ? receivedBefore : receivedTo;
        LedgerEntry entry = new LedgerEntry(partition, startOffset, endOffset, counts, from, to, leaderEpoch);
        return new Range(entry, events, deadLetters, openedNanos);
    }

    boolean isEmpty() {
        return endOffset == startOffset;
    }

    /** Whether a record of that day of receipt may be added. */
    boolean takes(LocalDate day) {
        return receivedFrom == null || LedgerEntry.utcDay(receivedFrom).equals(day);
    }

    boolean isFull(RangeLimits limits) {
        return rows() >= limits.rowsMax() || bytes() >= limits.bytesMax();
    }

    boolean isDue(RangeLimits limits, long nowNanos) {
        return isFull(limits) || nowNanos - openedNanos >= limits.ageMax().toNanos();
    }

    int rows() {
        return events.block().rows() + deadLetters.block().rows();
    }

    long bytes() {
        return events.block().bytes() + deadLetters.block().bytes();
    }

    @Nullable
    Instant receivedFrom() {
        return receivedFrom;
    }

    private void include(ConsumerRecord<byte[], byte[]> record) {
        advanceTo(record.offset());
        endOffset = record.offset() + 1;
        Instant received = Instant.ofEpochMilli(record.timestamp());
        if (receivedFrom == null || received.isBefore(receivedFrom)) {
            receivedFrom = received;
        }
        if (receivedTo == null || received.isAfter(receivedTo)) {
            receivedTo = received;
        }
        leaderEpoch = record.leaderEpoch().orElse(leaderEpoch);
    }
}
