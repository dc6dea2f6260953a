package io.millrace.audit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table {@code ledger}, read. */
final class Ledger {
    private static final String RANGES = "kind IN ('opened', 'stored', 'lost')";

    private static final String ENDS = """
            SELECT log_id, partition, max(end_offset) AS ends_at
            FROM ledger WHERE %s GROUP BY log_id, partition""".formatted(RANGES);

    private final EventStore store;

    Ledger(EventStore store) {
        this.store = store;
    }

    /** Where it ends now. */
    Cut cut() {
        Map<LogPartition, Long> ends = new HashMap<>();
        store.forEach(ENDS, row -> ends.put(EventStore.place(row), row.getLong("ends_at")));
        return new Cut(ends);
    }

    /**
     * How the rows of one partition lie.
     *
     * @param openings rows of kind {@code opened}
     * @param opensFirst whether the first row is one
     */
    record Shape(long start, long openings, boolean opensFirst, Fault gap, Fault overlap, Fault unaccounted) {}

    /**
     * Offsets that are wrong.
     *
     * @param at where the first of them is
     */
    record Fault(long offsets, long at) {}

    Map<LogPartition, Shape> shapes(Cut cut) {
        Map<LogPartition, Shape> shapes = new TreeMap<>();
        store.forEach(
                shapesSql(cut),
                row -> shapes.put(
                        EventStore.place(row),
                        new Shape(
                                row.getLong("starts_at"),
                                row.getLong("openings"),
                                row.getBoolean("opens_first"),
                                new Fault(row.getLong("gap"), row.getLong("gap_at")),
                                new Fault(row.getLong("overlap"), row.getLong("overlap_at")),
                                new Fault(row.getLong("unaccounted"), row.getLong("unaccounted_at")))));
        return shapes;
    }

    /** What became of the offsets below the cut, by partition and day of receipt. */
    Map<PartitionDay, Account> accounts(Cut cut) {
        Map<PartitionDay, Account> accounts = new TreeMap<>();
        store.forEach(
                accountsSql(cut),
                row -> accounts.put(
                        EventStore.where(row),
                        new Account(
                                row.getLong("offsets"),
                                row.getLong("stored_rows"),
                                row.getLong("duplicate_records"),
                                row.getLong("letters"),
                                row.getLong("skipped_offsets"),
                                row.getLong("lost"),
                                new Account.Removed(
                                        row.getLong("expired"),
                                        row.getLong("erased"),
                                        row.getLong("archived"),
                                        row.getLong("restored")))));
        return accounts;
    }

    /**
     * A range that was added since the cut.
     *
     * @param stored rows of {@code events}
     */
    record Range(LogPartition place, LocalDate day, long start, long end, long stored) {}

    /** The ranges of some partitions since the cut: a short read by the key, however long the ledger is. */
    List<Range> since(Cut cut, Collection<LogPartition> places) {
        List<Range> ranges = new ArrayList<>();
        if (places.isEmpty()) {
            return ranges;
        }
        String where = places.stream()
                .map(place -> "(log_id = %d AND partition = %d AND start_offset >= %d)"
                        .formatted(place.logId(), place.partition(), cut.end(place)))
                .collect(Collectors.joining(" OR "));
        store.forEach(
                "SELECT toString(received_day) AS day, log_id, partition, start_offset, end_offset, stored"
                        + " FROM ledger FINAL WHERE kind IN ('stored', 'lost') AND (" + where + ")",
                row -> {
                    PartitionDay of = EventStore.where(row);
                    ranges.add(new Range(
                            of.place(),
                            of.day(),
                            row.getLong("start_offset"),
                            row.getLong("end_offset"),
                            row.getLong("stored")));
                });
        return ranges;
    }

    /** Opening rows are empty, so they sort before the range that starts with them. */
    private static String shapesSql(Cut cut) {
        return """
            SELECT log_id, partition, min(start_offset) AS starts_at, countIf(kind = 'opened') AS openings,
                argMin(kind, place) = 'opened' AS opens_first,
                sumIf(start_offset - previous_end, place > 1 AND start_offset > previous_end) AS gap,
                minIf(previous_end, place > 1 AND start_offset > previous_end) AS gap_at,
                sumIf(greatest(toInt64(1), toInt64(least(previous_end, end_offset) - start_offset)), overlaps) AS overlap,
                minIf(start_offset, overlaps) AS overlap_at,
                sum(unexplained) AS unaccounted,
                minIf(start_offset, unexplained > 0) AS unaccounted_at
            FROM (
                SELECT log_id, partition, kind, start_offset, end_offset,
                    row_number() OVER history AS place,
                    max(end_offset) OVER (history ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS previous_end,
                    place > 1 AND kind != 'opened' AND start_offset < previous_end AS overlaps,
                    toInt64(end_offset) - toInt64(start_offset) AS size,
                    toInt64(stored + duplicates + dead_lettered + skipped) AS explained,
                    multiIf(kind = 'stored', abs(size - explained), kind = 'opened', toUInt64(abs(size) + explained),
                        toUInt64(explained)) AS unexplained
                FROM ledger FINAL
                WHERE %1$s AND end_offset <= %2$s
                WINDOW history AS (PARTITION BY log_id, partition ORDER BY start_offset, end_offset)
            )
            GROUP BY log_id, partition""".formatted(RANGES, cut.sql());
    }

    private static String accountsSql(Cut cut) {
        return """
            SELECT toString(received_day) AS day, log_id, partition,
                sumIf(end_offset - start_offset, %1$s) AS offsets,
                sumIf(stored, kind = 'stored') AS stored_rows,
                sum(duplicates) AS duplicate_records, sum(dead_lettered) AS letters, sum(skipped) AS skipped_offsets,
                sumIf(end_offset - start_offset, kind = 'lost') AS lost,
                sumIf(stored, kind = 'expired') AS expired, sumIf(stored, kind = 'erased') AS erased,
                sumIf(stored, kind = 'archived') AS archived, sumIf(stored, kind = 'restored') AS restored
            FROM ledger FINAL
            WHERE NOT (%1$s) OR end_offset <= %2$s
            GROUP BY day, log_id, partition""".formatted(RANGES, cut.sql());
    }
}
