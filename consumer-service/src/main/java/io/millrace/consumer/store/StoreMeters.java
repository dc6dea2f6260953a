package io.millrace.consumer.store;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.Range;
import io.millrace.kit.metrics.Meters;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What is stored, counted once it is in the ledger, and how long the inserts take. */
public final class StoreMeters {
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private final Meters meters;
    private final LongSupplier nanos;
    private final Counter rows;
    private final Counter bytes;
    private final Counter skipped;
    private final Counter duplicates;
    private final Counter lost;
    private final DistributionSummary rangeRows;
    private final Timer rangeAge;

    /** For these meters and this clock of nanoseconds. */
    public StoreMeters(Meters meters, LongSupplier nanos) {
        this.meters = meters;
        this.nanos = nanos;
        this.rows = meters.counter("millrace.consumer.rows", "Events stored", Tags.empty());
        this.bytes = meters.byteCounter(
                "millrace.consumer.stored", "Size of what was stored, before compression", Tags.empty());
        this.skipped = meters.counter(
                "millrace.consumer.skipped",
                "Offsets without a record: transaction markers, aborted records",
                Tags.empty());
        this.duplicates = meters.counter(
                "millrace.consumer.duplicates", "Further copies of events, which were not stored", Tags.empty());
        this.lost = meters.counter(
                "millrace.consumer.lost", "Offsets that Kafka deleted unread, given up by order", Tags.empty());
        for (EventTable.Target target : EventTable.Target.values()) {
            repairs(target.table());
        }
        this.rangeRows = meters.sizes("millrace.consumer.range.rows", "Rows of a stored range", Tags.empty());
        this.rangeAge = meters.timer(
                "millrace.consumer.range.age",
                "From the first record of a range being read to the range being stored",
                LONGEST,
                Tags.empty());
    }

    void timed(String table, Runnable insert) {
        meters.timer(
                        "millrace.consumer.insert",
                        "Time of an insert, failed ones included",
                        LONGEST,
                        Tags.of("table", table))
                .record(insert);
    }

    void lost(long offsets) {
        lost.increment((double) offsets);
    }

    void repaired(String table) {
        repairs(table).increment();
    }

    private Counter repairs(String table) {
        return meters.counter(
                "millrace.consumer.repairs",
                "Ranges that were put into one table alone, because it lacked them after trouble",
                Tags.of("table", table));
    }

    void stored(Range range) {
        LedgerEntry.Counts counts = range.entry().counts();
        rows.increment((double) counts.stored());
        bytes.increment((double) range.bytes());
        duplicates.increment((double) counts.duplicates());
        skipped.increment((double) counts.skipped());
        range.deadLetters()
                .countsByReason()
                .forEach((reason, count) -> meters.counter(
                                "millrace.consumer.dead.letters", "Dead letters stored", Tags.of("reason", reason))
                        .increment(count));
        rangeRows.record((double) counts.stored() + counts.deadLettered());
        rangeAge.record(Duration.ofNanos(nanos.getAsLong() - range.openedNanos()));
    }
}
