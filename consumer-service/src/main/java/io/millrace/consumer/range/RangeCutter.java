package io.millrace.consumer.range;

import io.millrace.log.Fate;
import io.millrace.log.StoredEvent;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Cuts one partition into ranges that meet without gap or overlap: by rows, bytes and age, and wherever the UTC day of
 * receipt changes, since an insert is one part in every table only within a day.
 */
public final class RangeCutter {
    private final LogPartition partition;
    private @Nullable OpenRange open;
    private long nextOffset;
    private Instant lastReceived;
    private int leaderEpoch;
    private long pinnedEnd;

    /** Of a range that nobody has begun. */
    public static final long NOT_PINNED = -1;

    /**
     * Where the partition's ledger ends.
     *
     * @param nextOffset the first that is not stored
     * @param lastReceived latest LogAppendTime of the last range that is
     * @param leaderEpoch of the last that is
     */
    public record Start(long nextOffset, Instant lastReceived, int leaderEpoch) {
        public Start {
            if (nextOffset < 0 || leaderEpoch < LedgerEntry.EPOCH_UNKNOWN) {
                throw new IllegalArgumentException("no place to start from: " + nextOffset + ", " + leaderEpoch);
            }
        }
    }

    /**
     * For a partition that is read from there.
     *
     * @param pinnedEnd where the first range ends, whatever the limits, or {@link #NOT_PINNED}
     */
    public RangeCutter(LogPartition partition, Start start, long pinnedEnd) {
        this.partition = partition;
        this.pinnedEnd = pinnedEnd;
        this.nextOffset = start.nextOffset();
        this.lastReceived = start.lastReceived();
        this.leaderEpoch = start.leaderEpoch();
    }

    /**
     * Adds a record that is an event, a further copy of one, or a dead letter.
     *
     * @return the range that ends before it, if one does
     */
    public Optional<Range> add(ConsumerRecord<byte[], byte[]> record, Fate fate, RangeLimits limits, Moment now) {
        Optional<Range> cut = Optional.empty();
        if (isPinned()) {
            if (record.offset() >= pinnedEnd) {
                advanceTo(pinnedEnd, limits, now.nanos());
                cut = cut();
            }
        } else if (open != null && (open.isFull(limits) || !open.takes(record.timestamp()))) {
            cut = cut();
        }
        OpenRange range = open(limits, now.nanos());
        switch (fate) {
            case Fate.Stored(StoredEvent event) -> range.addEvent(record, event);
            case Fate.Duplicate() -> range.addDuplicate(record);
            case Fate.DeadLetter letter -> range.addDeadLetter(record, letter, now.instant());
            case Fate.UnknownVersion _, Fate.Unjudgeable _ ->
                throw new IllegalArgumentException("a record of which nobody can say what it is is in no range");
        }
        nextOffset = record.offset() + 1;
        return cut;
    }

    /** A moment on both clocks. */
    public record Moment(Instant instant, long nanos) {}

    /** Takes in offsets that hold no records, up to where Kafka's consumer stands. */
    public void advanceTo(long position, RangeLimits limits, long nowNanos) {
        long to = isPinned() ? Math.min(position, pinnedEnd) : position;
        if (to > nextOffset) {
            open(limits, nowNanos).advanceTo(to);
            nextOffset = to;
        }
    }

    /** Whether the open range has to be cut where an earlier owner cut it. */
    public boolean isPinned() {
        return pinnedEnd != NOT_PINNED;
    }

    /** Whether the record can be added: not to a pinned range if that is of another day of receipt, or full of rows. */
    public boolean takes(ConsumerRecord<byte[], byte[]> record) {
        return !isPinned()
                || record.offset() >= pinnedEnd
                || open == null
                || (open.takes(record.timestamp()) && open.rows() < RangeLimits.ROWS_MAX);
    }

    /** The open range, if it is full. */
    public Optional<Range> cutIfFull(RangeLimits limits) {
        return open != null && (isPinned() || open.isFull(limits)) ? cut() : Optional.empty();
    }

    /** The open range, if it is full or old enough. */
    public Optional<Range> cutIfDue(RangeLimits limits, long nowNanos) {
        return open != null && (isPinned() || open.isDue(limits, nowNanos)) ? cut() : Optional.empty();
    }

    /** The open range, if there is anything in it, and a pinned one if it is complete. */
    public Optional<Range> cut() {
        if (open == null || open.isEmpty() || nextOffset < pinnedEnd) {
            return Optional.empty();
        }
        pinnedEnd = NOT_PINNED;
        Range range = open.close(lastReceived);
        open = null;
        lastReceived = range.entry().receivedTo();
        leaderEpoch = range.entry().leaderEpoch();
        return Optional.of(range);
    }

    /** The first offset that is in no range yet. */
    public long nextOffset() {
        return nextOffset;
    }

    /** Bytes of the open range. */
    public long openBytes() {
        return open == null ? 0 : open.bytes();
    }

    /** Earliest LogAppendTime in the open range. */
    public Optional<Instant> openReceivedFrom() {
        return open == null ? Optional.empty() : open.receivedFrom();
    }

    private OpenRange open(RangeLimits limits, long nowNanos) {
        if (open == null) {
            open = new OpenRange(partition, nextOffset, leaderEpoch, limits, nowNanos);
        }
        return open;
    }
}
