package io.millrace.analytics.peer;

import io.millrace.analytics.tail.LiveTotals;
import io.millrace.analytics.tail.Reach;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.analytics.unique.Users;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What an instance's tails say, as it crosses the network in JSON.
 *
 * @param totals over the partitions that hold all from the offset asked for on
 * @param reaches of those partitions, of the ones asked for, that it has
 */
record TailReply(List<Row> totals, Map<Integer, Reach> reaches) {

    /** A {@link Total}; a sum has up to 128 bits, which is text in JSON, and so are users, in Base64. */
    record Row(
            String group,
            long start,
            long rows,
            long events,
            long amountEvents,
            String sumMicros,
            long min,
            long max,
            @Nullable String users) {
        private static Row of(Total total) {
            Measures measures = total.measures();
            return new Row(
                    total.group(),
                    total.startEpochSecond(),
                    measures.rows(),
                    measures.events(),
                    measures.amountEvents(),
                    measures.amountSumMicros().toString(),
                    measures.amountMinMicros(),
                    measures.amountMaxMicros(),
                    measures.users().equals(Users.NONE)
                            ? null
                            : measures.users().toBase64());
        }

        private Total total() {
            Users who = users == null ? Users.NONE : Users.ofBase64(users);
            return new Total(
                    group, start, new Measures(rows, events, amountEvents, new BigInteger(sumMicros), min, max, who));
        }
    }

    static TailReply of(LiveTotals live) {
        return new TailReply(live.totals().stream().map(Row::of).toList(), live.reaches());
    }

    LiveTotals live() {
        return new LiveTotals(totals.stream().map(Row::total).toList(), new TreeMap<>(reaches));
    }
}
