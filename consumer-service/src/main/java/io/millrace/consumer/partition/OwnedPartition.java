package io.millrace.consumer.partition;

import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.Range;
import io.millrace.consumer.range.RangeCutter;
import io.millrace.consumer.range.RangeLimits;
import io.millrace.consumer.store.Intent;
import io.millrace.consumer.store.Outcome;
import io.millrace.consumer.store.OutsideTrouble;
import io.millrace.log.Fate;
import io.millrace.log.RecordReader;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A partition from its assignment to its release. Only its poll thread calls it.
 *
 * <p>A replay starts where the ledger ends. A half-done range is not in the ledger. A release waits for the running
 * insert and drops what is read and not stored.
 */
final class OwnedPartition {
    private static final Logger LOG = LoggerFactory.getLogger(OwnedPartition.class);

    /** One range that is being stored and one that is ready; then reading on would only fill memory. */
    private static final int RANGES_AHEAD = 2;

    private final LogPartition id;
    private final Repeated<Opening> opening;
    private final StoreQueue queue;
    private @Nullable RecordReader reader;
    private @Nullable RangeCutter cutter;
    private @Nullable Stop stop;
    private RangeCutter.@Nullable Start stored;
    private boolean uncommitted;
    private @Nullable Pinned pinned;
    private @Nullable Intent offered;

    OwnedPartition(LogPartition id, PartitionWork work) {
        this.id = id;
        AtomicBoolean abandoned = new AtomicBoolean();
        PartitionOpening steps = new PartitionOpening(id, work, abandoned);
        this.opening = new Repeated<>("opening partition " + id, steps::proceed, work.opening());
        this.queue = new StoreQueue(work, abandoned);
    }

    /** Where to read from, once, as soon as that is known. */
    Optional<OffsetAndMetadata> open(long nowNanos) {
        if (cutter != null || stop != null) {
            return Optional.empty();
        }
        return opening.poll(nowNanos).flatMap(found -> switch (found) {
            case Opening.Opened(RangeCutter.Start start, Optional<Pinned> first, RecordReader remembering) -> {
                reader = remembering;
                cutter = new RangeCutter(id, start, first.map(Pinned::endOffset).orElse(RangeCutter.NOT_PINNED));
                first.ifPresent(range -> queue.firstAttempt(range.attempt()));
                pinned = first.orElse(null);
                stored = start;
                LOG.info("partition {} is read from offset {}", id, start.nextOffset());
                yield Optional.of(position(start, ""));
            }
            case Opening.Refused(Stop refusal) -> {
                stop(refusal);
                yield Optional.empty();
            }
        });
    }

    /** Takes records in the order of their offsets. */
    void accept(List<ConsumerRecord<byte[], byte[]>> records, RangeLimits limits, RangeCutter.Moment now) {
        RangeCutter into = cutter;
        RecordReader by = reader;
        if (into == null || by == null) {
            throw new IllegalStateException("partition " + id + " got records before it was opened");
        }
        for (ConsumerRecord<byte[], byte[]> record : records) {
            if (stop != null) {
                return;
            }
            if (record.timestampType() != TimestampType.LOG_APPEND_TIME) {
                stopAt(record, Stop.Reason.NO_RECEIPT_TIME, """
                        has no LogAppendTime; set the topic's message.timestamp.type to LogAppendTime. Records from \
                        before that cannot be told a receipt time: they need a new topic""");
                return;
            }
            Fate fate = by.read(record);
            if (fate instanceof Fate.UnknownVersion(String version)) {
                stopAt(
                        record,
                        Stop.Reason.UNKNOWN_VERSION,
                        "is of wire version %s, which this release cannot read; upgrade this service"
                                .formatted(version));
                return;
            }
            if (fate instanceof Fate.Unjudgeable) {
                stopAt(
                        record,
                        Stop.Reason.HISTORY_GONE,
                        "may be a further copy of an event that Kafka has deleted; nobody can say");
                return;
            }
            if (!into.takes(record)) {
                stopAt(record, Stop.Reason.UNEXPLAINED, "does not fit into the range that an earlier owner began");
                return;
            }
            into.add(record, fate, limits, now).ifPresent(this::offer);
        }
    }

    /** Takes note of where Kafka's consumer stands, behind offsets that hold no records. */
    void advanceTo(long position, RangeLimits limits, long nowNanos) {
        if (cutter != null && stop == null) {
            cutter.advanceTo(position, limits, nowNanos);
        }
    }

    /** Cuts and stores what is due. */
    void store(RangeLimits limits, long nowNanos) {
        if (cutter != null) {
            // While a range is being stored the next one gains nothing from being cut for its age: the slower
            // ClickHouse is, the larger they become.
            Optional<Range> cut = queue.isEmpty() ? cutter.cutIfDue(limits, nowNanos) : cutter.cutIfFull(limits);
            cut.ifPresent(this::offer);
        }
        queue.poll(nowNanos).ifPresent(this::written);
    }

    /** What is to be committed: how far it is stored, and what is to be written next. */
    Optional<OffsetAndMetadata> commit() {
        RangeCutter.Start upTo = stored;
        Optional<Intent> wanted = queue.wanted();
        if (upTo == null || (wanted.isEmpty() && !uncommitted)) {
            return Optional.empty();
        }
        offered = wanted.orElse(null);
        return Optional.of(position(upTo, wanted.map(Intent::metadata).orElse("")));
    }

    /** Takes note that it is, and goes on with what waited for it. */
    void committed(long nowNanos) {
        uncommitted = false;
        if (offered != null) {
            queue.committed(offered);
            offered = null;
            queue.poll(nowNanos).ifPresent(this::written);
        }
    }

    /** Whether more should be read. */
    boolean wantsRecords(long shareBytes) {
        return cutter != null
                && stop == null
                && queue.trouble().isEmpty()
                && queue.size() < RANGES_AHEAD
                && (heldBytes() < shareBytes || cutter.isPinned());
    }

    /** Stops for good; what was read before is still stored. */
    void stop(Stop why) {
        if (stop == null) {
            stop = why;
            LOG.error("partition {} is stopped ({}): {}", id, why.reason().code(), why.message());
            if (cutter != null) {
                cutter.cut().ifPresent(this::offer);
            }
        }
    }

    /** Stops for good and drops what is not stored, because the log does not have it any more. */
    void stopAndDrop(Stop why) {
        stop(why);
        queue.abandon();
    }

    /** Waits for the running insert, then begins nothing more. */
    void release(long nowNanos, Duration patience) {
        queue.await(nowNanos, patience).ifPresent(this::written);
        queue.abandon();
    }

    /** Begins nothing more: the partition is somebody else's already. */
    void abandon() {
        queue.abandon();
    }

    boolean isReading() {
        return cutter != null && stop == null;
    }

    long heldBytes() {
        return queue.bytes() + (cutter == null ? 0 : cutter.openBytes());
    }

    /** Earliest LogAppendTime in the range that is being filled. */
    Optional<Instant> openReceivedFrom() {
        return cutter == null ? Optional.empty() : cutter.openReceivedFrom();
    }

    /** Memory that the duplicate window takes. */
    long windowBytes() {
        return reader == null ? 0 : reader.window().bytes();
    }

    PartitionStatus status() {
        Optional<OutsideTrouble> trouble =
                queue.trouble().or(() -> cutter == null ? opening.trouble() : Optional.empty());
        RangeCutter.Start upTo = stored;
        return new PartitionStatus(
                id.partition(),
                state(trouble.isPresent()),
                upTo == null ? OptionalLong.empty() : OptionalLong.of(upTo.nextOffset()),
                oldestHeld().or(() -> Optional.ofNullable(upTo).map(RangeCutter.Start::lastReceived)),
                stop == null
                        ? trouble.map(OutsideTrouble::code).orElse("")
                        : stop.reason().code(),
                queue.failures() + opening.failures());
    }

    private Optional<Instant> oldestHeld() {
        return queue.head().map(range -> range.entry().receivedFrom()).or(this::openReceivedFrom);
    }

    private PartitionState state(boolean trouble) {
        if (stop != null) {
            return PartitionState.STOPPED;
        }
        if (trouble) {
            return PartitionState.RETRYING;
        }
        return cutter == null ? PartitionState.OPENING : PartitionState.RUNNING;
    }

    private void stopAt(ConsumerRecord<?, ?> record, Stop.Reason reason, String what) {
        stop(new Stop(reason, "the record at offset " + record.offset() + " " + what));
    }

    private void offer(Range range) {
        Pinned as = pinned;
        pinned = null;
        int epoch = range.entry().leaderEpoch();
        if (as != null && as.leaderEpoch() != LedgerEntry.EPOCH_UNKNOWN && as.leaderEpoch() != epoch) {
            stopAndDrop(new Stop(
                    Stop.Reason.LOG_TRUNCATED,
                    "range %s was begun with records of leader epoch %d and has %d now: the log lost its end meanwhile"
                            .formatted(range.entry(), as.leaderEpoch(), epoch)));
            return;
        }
        queue.offer(range);
    }

    private void written(Outcome outcome) {
        switch (outcome) {
            case Outcome.Stored() -> {
                LedgerEntry entry = queue.remove().entry();
                stored = new RangeCutter.Start(entry.endOffset(), entry.receivedTo(), entry.leaderEpoch());
                uncommitted = true;
            }
            case Outcome.Unexplained(String message) -> stopAndDrop(new Stop(Stop.Reason.UNEXPLAINED, message));
            case Outcome.Abandoned() -> queue.abandon();
        }
    }

    /** With the epoch, by which Kafka's client finds out by itself if the log was truncated since. */
    private static OffsetAndMetadata position(RangeCutter.Start start, String metadata) {
        return new OffsetAndMetadata(
                start.nextOffset(),
                start.leaderEpoch() == LedgerEntry.EPOCH_UNKNOWN ? Optional.empty() : Optional.of(start.leaderEpoch()),
                metadata);
    }
}
