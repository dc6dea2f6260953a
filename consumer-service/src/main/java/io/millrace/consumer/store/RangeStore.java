package io.millrace.consumer.store;

import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.Range;
import io.millrace.consumer.range.RangeCutter;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores ranges, exactly once: events, dead letters, ledger row. The ledger row comes last, so a range is recorded only
 * when it is stored.
 *
 * <p>A replay is a further attempt: what the tables lack is found by looking and goes into those tables alone. A
 * half-done range has an intent and no ledger row, and whoever owns the partition next completes it. A shutdown leaves at
 * most that behind. ARCHITECTURE.md has the steps, RATIONALE.md the cases.
 */
public final class RangeStore {
    private static final Logger LOG = LoggerFactory.getLogger(RangeStore.class);

    /** A day is sealed, and may be rewritten or dropped by retention, this long after its end. */
    private static final Duration SEALED_AFTER = Duration.ofHours(1);

    private final Statements statements;
    private final ServerClock clock;
    private final EventTable events;
    private final DeadLetterTable deadLetters;
    private final LedgerTable ledger;
    private final Fence fence;
    private final StoreMeters meters;

    /** Stores by this access; {@code nanos} is the process's own clock. */
    public RangeStore(StoreAccess access, StoreMeters meters, LongSupplier nanos) {
        this.statements = new Statements(access);
        this.clock = new ServerClock(statements, nanos);
        this.events = new EventTable(statements);
        this.deadLetters = new DeadLetterTable(statements);
        this.ledger = new LedgerTable(statements);
        this.fence = new Fence(statements, clock);
        this.meters = meters;
    }

    public LedgerTable ledger() {
        return ledger;
    }

    public ServerClock clock() {
        return clock;
    }

    public Fence fence() {
        return fence;
    }

    /** The offset behind the partition's last row in any table of events, from about that day of receipt on. */
    public long end(LogPartition partition, LocalDate day) {
        return events.end(partition, day);
    }

    /** The same in {@code dead_letters}. */
    public long deadLettersEnd(LogPartition partition, LocalDate day) {
        return deadLetters.end(partition, day);
    }

    /**
     * Stores a range whose intent is committed; the one before it must be stored.
     *
     * @param intent its first attempt inserts. A further one needs the {@link Fence} closed for the one before; it looks
     *     what the tables lack and repairs those
     * @param abandoned set when the partition is no longer ours: then nothing more is begun
     * @throws OutsideTrouble when a further attempt is needed
     */
    public Outcome write(Range range, Intent intent, AtomicBoolean abandoned) {
        Instant startedAt = clock.startedAt();
        if (intent.attempt() > 0) {
            Optional<Outcome> obstacle = complete(range, intent, abandoned);
            if (obstacle.isPresent()) {
                return obstacle.get();
            }
        } else if (range.events().block().rows() > 0 && !abandoned.get()) {
            meters.timed("events_in", () -> events.insert(range, intent.deadline()));
        }
        ServerMoment asked = clock.ask();
        if (!asked.startedAt().equals(startedAt)) {
            // What it said before it went down is looked at again.
            throw OutsideTrouble.found("clickhouse_restarted", "ClickHouse was restarted meanwhile");
        }
        if (range.deadLetters().block().rows() > 0 && !abandoned.get()) {
            meters.timed("dead_letters", () -> deadLetters.insert(range, intent.deadline()));
        }
        if (abandoned.get()) {
            return new Outcome.Abandoned();
        }
        meters.timed("ledger", () -> ledger.append(range.entry(), asked, intent.deadline()));
        meters.stored(range);
        return new Outcome.Stored();
    }

    /**
     * Notes that the log lost what lies between the end of the ledger and there, unread. The fence must be closed for all
     * that was begun, and the tables must hold nothing of it.
     *
     * @throws OutsideTrouble when it is not known to be noted; to be done again from the start
     */
    public void giveUp(LogPartition partition, RangeCutter.Start from, long end, Duration time) {
        ServerMoment asked = clock.ask();
        // Before it is noted, since whether it was may stay unknown: an alarm too many is better than none.
        meters.lost(end - from.nextOffset());
        ledger.appendLost(partition, from, end, asked, asked.now().plus(time).truncatedTo(ChronoUnit.SECONDS));
    }

    /**
     * Whether the tables still have the last range of a ledger, and as much of its day as the ledger says; by a power
     * cut they may have lost it. Nothing of the partition may be on its way.
     */
    public LastRange look(LedgerEntry last) {
        Instant sealed =
                last.receivedDay().plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
        if (!clock.ask().now().isBefore(sealed.plus(SEALED_AFTER))) {
            return new LastRange.Whole();
        }
        return switch (events.holdings(last).judge(last)) {
            case Holdings.Verdict.Whole() -> new LastRange.Whole();
            case Holdings.Verdict.Lacking(var targets) -> new LastRange.Lacking(targets.toString());
            case Holdings.Verdict.Unexplained(String message) -> new LastRange.Unexplained(message);
        };
    }

    /** What became of the last range of a ledger. */
    public sealed interface LastRange {
        record Whole() implements LastRange {}

        /** Tables that lack it; the range is to be stored again. */
        record Lacking(String tables) implements LastRange {}

        record Unexplained(String message) implements LastRange {}
    }

    /** Fills in what the tables lack of a range's events. {@return why not to go on} */
    private Optional<Outcome> complete(Range range, Intent intent, AtomicBoolean abandoned) {
        LedgerEntry entry = range.entry();
        if (entry.counts().stored() == 0) {
            return Optional.empty();
        }
        return unlessWhole(entry, lacking -> {
            LOG.warn("range {} is not in {}, which get it now (attempt {})", entry, lacking, intent.attempt());
            for (EventTable.Target target : lacking) {
                if (abandoned.get()) {
                    return Optional.of(new Outcome.Abandoned());
                }
                meters.timed(target.table(), () -> events.repair(target, range, intent));
                meters.repaired(target.table());
            }
            return unlessWhole(entry, still -> {
                // A token that was noted by a server that died before it had the part; the next attempt has another.
                throw OutsideTrouble.found("rows_missing", "range " + entry + " was accepted and is not in " + still);
            });
        });
    }

    private Optional<Outcome> unlessWhole(
            LedgerEntry entry, Function<Set<EventTable.Target>, Optional<Outcome>> lacking) {
        return switch (events.holdings(entry).judge(entry)) {
            case Holdings.Verdict.Whole() -> Optional.empty();
            case Holdings.Verdict.Unexplained(String message) -> Optional.of(new Outcome.Unexplained(message));
            case Holdings.Verdict.Lacking(var targets) -> lacking.apply(targets);
        };
    }
}
