package io.millrace.bench;

import io.millrace.bench.asking.Latencies;
import java.util.List;

/** How long events were waited for, by the way in which they were. */
record Waits(Latencies stored, Latencies asking, Latencies after) {
    /** None so far. */
    Waits() {
        this(new Latencies(), new Latencies(), new Latencies());
    }

    Latencies of(Prober.Way way) {
        return switch (way) {
            case STORED -> stored;
            case ASKING -> asking;
            case AFTER -> after;
        };
    }

    /** The same, each in order of length. */
    Waits sorted() {
        return new Waits(
                Latencies.sorted(List.of(stored)), Latencies.sorted(List.of(asking)), Latencies.sorted(List.of(after)));
    }
}
