package io.millrace.consumer.partition;

import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.RangeCutter;
import io.millrace.consumer.store.Intent;
import io.millrace.consumer.store.LedgerTable;
import io.millrace.consumer.store.OutsideTrouble;
import io.millrace.consumer.store.RangeStore;
import io.millrace.kit.eventlog.LedgerPast;
import io.millrace.log.RecordReader;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds out where a partition is to be read from: where its ledger ends, after making sure that nothing more comes of
 * what its earlier owners had begun, and finding out how far that got. One instance per assignment, on one thread at a
 * time; blocks, and changes nothing but what it kills, and a ledger that is to be told of a loss.
 */
final class PartitionOpening {
    private static final Logger LOG = LoggerFactory.getLogger(PartitionOpening.class);
    private static final Duration LOOK_AGAIN_MAX = Duration.ofSeconds(1);

    private final LogPartition partition;
    private final LogQuestions log;
    private final RangeStore store;
    private final LogHistory history;
    private final ConsumerSettings settings;
    private final AtomicBoolean abandoned;
    private @Nullable Instant longestDeadline;

    /** For a partition that is ours until it is abandoned. */
    PartitionOpening(LogPartition partition, PartitionWork work, AtomicBoolean abandoned) {
        this.partition = partition;
        this.abandoned = abandoned;
        this.log = work.log();
        this.store = work.store();
        this.history = work.history();
        this.settings = work.settings();
    }

    /**
     * Looks, as far as that is possible now.
     *
     * @throws OutsideTrouble when a server could not be asked
     */
    Progress<Opening> proceed() {
        if (abandoned.get()) {
            return again(LOOK_AGAIN_MAX);
        }
        store.clock().look();
        Optional<LedgerTable.End> ledger = store.ledger().end(partition);
        if (ledger.isEmpty()) {
            return refused(
                    Stop.Reason.LEDGER_MISSING,
                    "the ledger has no row of it, so nobody knows where it starts: run migrate, then restart this service");
        }
        LogQuestions.Answer answer = log.ask(partition.partition());
        if (!answer.topicId().equals(log.expectedTopicId())) {
            return refused(
                    Stop.Reason.TOPIC_REPLACED,
                    "the topic was made anew, its id is %s and was %s: run migrate, then restart this service"
                            .formatted(answer.topicId(), log.expectedTopicId()));
        }
        RangeCutter.Start end = ledger.get().start();
        Optional<Stop> gap = gap(end.nextOffset(), answer.start(), answer.end());
        if (gap.isPresent()) {
            return gap.get().reason() == Stop.Reason.RECORDS_GONE && isGivenUp(answer.start())
                    ? giveUp(end, answer)
                    : new Progress.Done<>(new Opening.Refused(gap.get()));
        }
        return takeOver(ledger.get(), answer);
    }

    /** Why the log does not go on where the ledger ends, if it does not. */
    static Optional<Stop> gap(long next, long logStart, long logEnd) {
        if (next < logStart) {
            return Optional.of(new Stop(
                    Stop.Reason.RECORDS_GONE,
                    "it is stored up to offset %d, and the log now starts at %d: Kafka deleted %d offsets unread"
                            .formatted(next, logStart, logStart - next)));
        }
        if (next > logEnd) {
            return Optional.of(new Stop(
                    Stop.Reason.LOG_TRUNCATED,
                    "it is stored or begun up to offset %d, and the log ends at %d: the log lost its end, and what comes next would get offsets that are stored already"
                            .formatted(next, logEnd)));
        }
        return Optional.empty();
    }

    /**
     * Whether an operator has given up what is not in the log. The order names the very offset at which the log starts, so
     * that two owners who believe that they have the partition do the same.
     */
    private boolean isGivenUp(long logStart) {
        return Objects.equals(settings.acceptedLosses().get(partition.partition()), logStart);
    }

    /** Notes in the ledger that what the log does not have any more is lost, once nothing of it can be stored any more. */
    private Progress<Opening> giveUp(RangeCutter.Start from, LogQuestions.Answer answer) {
        long next = from.nextOffset();
        String metadata = metadata(next, answer.committed());
        Instant deadline = metadata.isEmpty()
                ? Instant.EPOCH
                : Intent.parse(metadata).map(Intent::deadline).orElseGet(this::longestDeadline);
        Duration wait = store.fence().close(partition, deadline);
        if (!wait.isZero()) {
            return again(wait);
        }
        LocalDate day = LocalDate.ofInstant(from.lastReceived(), ZoneOffset.UTC);
        long stored = Math.max(store.end(partition, day), store.deadLettersEnd(partition, day));
        if (stored > next) {
            return refused(
                    Stop.Reason.UNEXPLAINED,
                    "the tables hold rows up to offset %d of a range that was begun at %d and cannot be completed, because Kafka deleted its records: delete those rows from the tables of events and from dead_letters, then restart this service"
                            .formatted(stored - 1, next));
        }
        store.giveUp(partition, from, answer.start(), settings.insertDeadline());
        LOG.error(
                "partition {}: offsets {} to {} are lost, Kafka deleted them unread; noted in the ledger by order",
                partition,
                next,
                answer.start());
        return again(Duration.ZERO);
    }

    private Progress<Opening> takeOver(LedgerTable.End ledger, LogQuestions.Answer answer) {
        long next = ledger.start().nextOffset();
        LocalDate day = LocalDate.ofInstant(ledger.start().lastReceived(), ZoneOffset.UTC);
        String metadata = metadata(next, answer.committed());
        Optional<Intent> intent = Intent.parse(metadata);
        Optional<Intent> begun = intent.filter(found -> found.startOffset() == next);
        int attempt = intent.map(Intent::attempt).orElse(0) + 1;
        // No intent tells of rows above, or one that only another version can read.
        boolean unknown =
                begun.isEmpty() && (store.end(partition, day) > next || (intent.isEmpty() && !metadata.isEmpty()));
        Optional<Instant> deadline = unknown ? Optional.of(longestDeadline()) : unfinished(intent, next);
        if (deadline.isEmpty()) {
            return lookAtLast(ledger, attempt, answer);
        }
        Duration wait = store.fence().close(partition, deadline.get());
        if (!wait.isZero()) {
            return again(wait);
        }
        long stored = store.end(partition, day);
        long end = begun.map(Intent::endOffset).orElse(stored);
        if (stored > end) {
            return refused(
                    Stop.Reason.UNEXPLAINED,
                    "the tables hold offset %d, and its owner meant to store up to %d".formatted(stored - 1, end));
        }
        if (end <= next) {
            return lookAtLast(ledger, attempt, answer);
        }
        LOG.warn("partition {} was left within range {} to {}, which is completed", partition, next, end);
        Pinned pinned = new Pinned(end, begun.map(Intent::leaderEpoch).orElse(LedgerEntry.EPOCH_UNKNOWN), attempt);
        return gap(end, 0, answer.end())
                .<Progress<Opening>>map(stop -> new Progress.Done<>(new Opening.Refused(stop)))
                .orElseGet(() -> opened(ledger.start(), Optional.of(pinned), answer));
    }

    /**
     * Until when something may come of an intent, unless all of it is stored. One below the ledger's end is, since a
     * ledger row is written last; unless it was being stored again. One above is of an owner whose last ledger row
     * ClickHouse has lost since.
     */
    static Optional<Instant> unfinished(Optional<Intent> intent, long ledgerEnd) {
        return intent.filter(found -> found.startOffset() >= ledgerEnd || found.attempt() > 0)
                .map(Intent::deadline);
    }

    /** What was committed beside the offset, which itself decides nothing. */
    private String metadata(long next, @Nullable OffsetAndMetadata committed) {
        if (committed == null) {
            return "";
        }
        if (committed.offset() > next) {
            LOG.warn(
                    "partition {} is stored up to {} by its ledger, and {} is committed: the ledger counts",
                    partition,
                    next,
                    committed.offset());
        }
        return committed.metadata();
    }

    /** A power cut may have taken back what ClickHouse said was stored; the last range is what it can have hit. */
    private Progress<Opening> lookAtLast(LedgerTable.End ledger, int attempt, LogQuestions.Answer answer) {
        Optional<LedgerEntry> last = ledger.last();
        RangeStore.LastRange found = last.isEmpty() ? new RangeStore.LastRange.Whole() : store.look(last.get());
        return switch (found) {
            case RangeStore.LastRange.Whole() -> opened(ledger.start(), Optional.empty(), answer);
            case RangeStore.LastRange.Unexplained(String message) -> refused(Stop.Reason.UNEXPLAINED, message);
            case RangeStore.LastRange.Lacking(String tables) -> {
                LedgerEntry again = last.orElseThrow();
                LOG.warn("range {} is in the ledger and not in {}: it is stored again", again, tables);
                yield opened(
                        new RangeCutter.Start(again.startOffset(), again.receivedFrom(), LedgerEntry.EPOCH_UNKNOWN),
                        Optional.of(new Pinned(again.endOffset(), again.leaderEpoch(), attempt)),
                        answer);
            }
        };
    }

    private Progress<Opening> opened(RangeCutter.Start start, Optional<Pinned> first, LogQuestions.Answer answer) {
        Optional<Stop> gap = gap(start.nextOffset(), answer.start(), answer.end());
        if (gap.isPresent()) {
            return new Progress.Done<>(new Opening.Refused(gap.get()));
        }
        LedgerPast past = store.ledger().past(partition, answer.start());
        return switch (history.recall(partition, Math.max(answer.start(), past.openedAt()), start.nextOffset())) {
            case LogHistory.Recall.Ready(RecordReader reader) -> {
                // With what was given up goes the knowledge which events were among it.
                past.receivedTo()
                        .filter(_ -> !isGivenUp(answer.start()))
                        .ifPresent(latest -> reader.window().unknownBelow(answer.start(), latest.toEpochMilli()));
                yield new Progress.Done<>(new Opening.Opened(start, first, reader));
            }
            case LogHistory.Recall.Unreadable(long offset, String version) ->
                refused(
                        Stop.Reason.UNKNOWN_VERSION,
                        "the record at offset %d, of the time that duplicates are looked for in, is of wire version %s; upgrade this service"
                                .formatted(offset, version));
        };
    }

    /** Of an owner that left no intent: it had at most this long from before we first looked. */
    private Instant longestDeadline() {
        Instant known = longestDeadline;
        if (known == null) {
            known = store.clock().now().plus(Intent.TIME_MAX).plusSeconds(1);
            longestDeadline = known;
        }
        return known;
    }

    private static Progress<Opening> again(Duration wait) {
        return new Progress.Again<>(wait.compareTo(LOOK_AGAIN_MAX) < 0 ? wait : LOOK_AGAIN_MAX);
    }

    private static Progress<Opening> refused(Stop.Reason reason, String message) {
        return new Progress.Done<>(new Opening.Refused(new Stop(reason, message)));
    }
}
