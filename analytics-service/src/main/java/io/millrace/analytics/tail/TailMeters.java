package io.millrace.analytics.tail;

import io.micrometer.core.instrument.binder.BaseUnits;
import io.millrace.kit.metrics.Meters;
import java.util.Map;
import java.util.function.Supplier;

/** What the tails of this process hold, and how far they are behind. */
final class TailMeters {
    private static final String NAME = "millrace.analytics.tail";

    TailMeters(Meters meters, Supplier<Map<Integer, PartitionTail>> tails, LogEndBoard ends) {
        meters.gauge(
                NAME + ".partitions",
                "Partitions whose live tail this instance holds",
                "partitions",
                () -> tails.get().size());
        meters.gauge(
                NAME + ".held",
                "Memory of the live tail's counts, roughly",
                BaseUnits.BYTES,
                () -> TailMemory.bytes(tails.get().values()));
        meters.gauge(
                NAME + ".window",
                "Memory of the live tail's duplicate windows",
                BaseUnits.BYTES,
                () -> tails.get().values().stream()
                        .mapToLong(PartitionTail::windowBytes)
                        .sum());
        meters.gauge(
                NAME + ".lag",
                "Offsets that the live tail of the worst partition is behind the end of the log that was seen last",
                "offsets",
                () -> tails.get().entrySet().stream()
                        .mapToLong(tail -> behind(tail.getValue(), ends.latest(tail.getKey())))
                        .max()
                        .orElse(0));
    }

    private static long behind(PartitionTail tail, LogEndBoard.Seen seen) {
        return Math.max(0, seen.end() - tail.reach().end());
    }
}
