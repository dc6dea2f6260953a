package io.millrace.analytics.history;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.millrace.kit.metrics.Meters;
import java.util.function.Supplier;

/** Where stored results came from, and what the kept ones take. */
public final class HistoryMeters {
    private static final String NAME = "millrace.analytics.history";

    private final Meters meters;
    private final Counter kept;
    private final Counter read;
    private final Counter stoodIn;
    private final Counter refreshed;

    public HistoryMeters(Meters meters) {
        this.meters = meters;
        this.kept = counter("kept");
        this.read = counter("clickhouse");
        this.stoodIn = counter("stood_in");
        this.refreshed = meters.counter(
                NAME + ".refreshes", "Kept stored results that were read anew behind an answer", Tags.empty());
    }

    private Counter counter(String from) {
        return meters.counter(
                NAME,
                "Stored results by where they came from: kept in memory, read from ClickHouse, or kept and standing in"
                        + " because ClickHouse was away or slow",
                Tags.of("from", from));
    }

    void watch(Supplier<Number> results, Supplier<Number> bytes) {
        meters.gauge(NAME + ".results", "Stored results kept in memory", "results", results);
        meters.gauge(NAME + ".held", "Memory of the kept stored results, roughly", BaseUnits.BYTES, bytes);
    }

    void hit() {
        kept.increment();
    }

    void missed() {
        read.increment();
    }

    void stoodIn() {
        stoodIn.increment();
    }

    void refreshed() {
        refreshed.increment();
    }
}
