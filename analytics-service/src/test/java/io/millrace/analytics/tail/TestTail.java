package io.millrace.analytics.tail;

import io.millrace.analytics.LogOfEvents;
import java.util.Map;
import java.util.TreeMap;

/** A tail of the one partition of a made-up log, for those who cannot make one themselves. */
public final class TestTail {
    private final PartitionTail tail;

    /** One that knows nothing yet. */
    public TestTail(int windowOffsets) {
        this.tail = new PartitionTail(LogOfEvents.terms(windowOffsets), LogOfEvents.USER_HASH);
    }

    /** Reads a part of the log back and forgets a part of that again. */
    public void read(LogOfEvents log, int windowOffsets, long countFrom, long below, long dropBelow) {
        tail.begin(Math.max(0, countFrom - windowOffsets), countFrom);
        log.records().stream().filter(record -> record.offset() < below).forEach(tail::readBack);
        tail.dropBelow(dropBelow);
    }

    public LiveTotals ask(long from, Selection selection) {
        TailTotals totals = new TailTotals(selection);
        Reach reach = tail.addFrom(from, selection, totals);
        return new LiveTotals(totals.totals(), new TreeMap<>(Map.of(LogOfEvents.PARTITION, reach)));
    }
}
