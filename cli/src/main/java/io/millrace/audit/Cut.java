package io.millrace.audit;

import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Where the ledger of each partition ended at the beginning: what lies below is stored and stays as it is, whatever goes
 * on meanwhile.
 */
record Cut(Map<LogPartition, Long> ends) {
    Cut {
        ends = new TreeMap<>(ends);
    }

    long end(LogPartition place) {
        return ends.getOrDefault(place, 0L);
    }

    /** {@return the partition's end, as an expression over the columns {@code log_id} and {@code partition}} */
    String sql() {
        return sql(ends);
    }

    /** {@return a bound for each partition as such an expression, 0 for all others} */
    static String sql(Map<LogPartition, Long> bounds) {
        if (bounds.isEmpty()) {
            return "toUInt64(0)";
        }
        String places = bounds.keySet().stream()
                .map(place -> Long.toString((long) place.logId() << 16 | place.partition()))
                .collect(Collectors.joining(","));
        String offsets = bounds.values().stream().map(String::valueOf).collect(Collectors.joining(","));
        return "transform(bitOr(bitShiftLeft(toUInt64(log_id), 16), toUInt64(partition)),"
                + " CAST([%s], 'Array(UInt64)'), CAST([%s], 'Array(UInt64)'), toUInt64(0))".formatted(places, offsets);
    }
}
