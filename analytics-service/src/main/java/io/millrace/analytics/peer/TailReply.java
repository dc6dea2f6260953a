package io.millrace.analytics.peer;

import io.millrace.analytics.tail.LiveTotals;
import io.millrace.analytics.tail.Reach;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an instance's tails say, as it crosses the network in JSON.
 *
 * @param totals over the partitions that hold all from the offset asked for on
 * @param reaches of those partitions, of the ones asked for, that it has
 */
record TailReply(List<Row> totals, Map<Integer, Reach> reaches) {

    /** A {@link Total}; a sum has up to 128 bits, which is text in JSON. */
    record Row(String type, long start, long events, long amountEvents, String sumMicros, long min, long max) {
        private static Row of(Total total) {
            Measures measures = total.measures();
            return new Row(
                    total.eventType(),
                    total.startEpochSecond(),
                    measures.events(),
                    measures.amountEvents(),
                    measures.amountSumMicros().toString(),
                    measures.amountMinMicros(),
                    measures.amountMaxMicros());
        }

        private Total total() {
            return new Total(type, start, new Measures(events, amountEvents, new BigInteger(sumMicros), min, max));
        }
    }

    static TailReply of(LiveTotals live) {
        return new TailReply(live.totals().stream().map(Row::of).toList(), live.reaches());
    }

    LiveTotals live() {
        return new LiveTotals(totals.stream().map(Row::total).toList(), new TreeMap<>(reaches));
    }
}
