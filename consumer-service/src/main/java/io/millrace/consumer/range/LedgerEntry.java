package io.millrace.consumer.range;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;

/**
 * What became of a range of offsets: the ledger's row of kind {@code stored}. The counts account for every offset.
 *
 * @param startOffset inclusive
 * @param endOffset exclusive
 * @param receivedFrom earliest LogAppendTime; of a range without records, the latest of the range before it
 * @param receivedTo latest LogAppendTime, on the same UTC day
 * @param leaderEpoch of the last record, {@link #EPOCH_UNKNOWN} when Kafka did not say
 */
public record LedgerEntry(
        LogPartition partition,
        long startOffset,
        long endOffset,
        Counts counts,
        Instant receivedFrom,
        Instant receivedTo,
        int leaderEpoch) {

    public static final int EPOCH_UNKNOWN = -1;

    /**
     * How the offsets of a range divide.
     *
     * @param stored rows of {@code events}
     * @param duplicates further copies of events
     * @param skipped offsets without a record: transaction markers and what aborted transactions wrote
     */
    public record Counts(long stored, long duplicates, long deadLettered, long skipped) {
        public Counts {
            if (stored < 0 || duplicates < 0 || deadLettered < 0 || skipped < 0) {
                throw new IllegalArgumentException("counts are not negative");
            }
        }

        long sum() {
            return stored + duplicates + deadLettered + skipped;
        }
    }

    public LedgerEntry {
        if (startOffset < 0 || endOffset <= startOffset) {
            throw new IllegalArgumentException("no range: " + startOffset + " to " + endOffset);
        }
        if (endOffset - startOffset != counts.sum()) {
            throw new IllegalArgumentException(
                    "range %s-%d-%d is not accounted for by %s".formatted(partition, startOffset, endOffset, counts));
        }
        if (receivedTo.isBefore(receivedFrom) || !utcDay(receivedFrom).equals(utcDay(receivedTo))) {
            throw new IllegalArgumentException("a range lies within one UTC day of receipt");
        }
        if (leaderEpoch < EPOCH_UNKNOWN) {
            throw new IllegalArgumentException("no leader epoch: " + leaderEpoch);
        }
    }

    /** The UTC day of receipt, by which all tables are partitioned. */
    public LocalDate receivedDay() {
        return utcDay(receivedFrom);
    }

    /** {@code <log>-<partition>-<start>-<end>}: the range's name, and the token of its insert. */
    @Override
    public String toString() {
        return partition + "-" + startOffset + "-" + endOffset;
    }

    static LocalDate utcDay(Instant instant) {
        return LocalDate.ofInstant(instant, ZoneOffset.UTC);
    }
}
