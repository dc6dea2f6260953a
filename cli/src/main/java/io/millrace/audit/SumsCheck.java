package io.millrace.audit;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Whether a view's sums by tenant and type are those of the rows.
 *
 * <p>The view is read first, and of the rows those up to the highest offset that it has, once the ledger says that they
 * are there. Memory: about 200 bytes for each tenant, type and partition that a day has.
 */
final class SumsCheck {
    private final EventStore store;
    private final Ledger ledger;
    private final Expectation expectation;
    private final Findings findings;

    SumsCheck(EventStore store, Ledger ledger, Expectation expectation, Findings findings) {
        this.store = store;
        this.ledger = ledger;
        this.expectation = expectation;
        this.findings = findings;
    }

    private record Group(LogPartition place, String tenant, String type) {
        static Group of(ResultSet row) throws SQLException {
            return new Group(EventStore.place(row), row.getString("tenant"), row.getString("event_type"));
        }
    }

    private record Sums(long rows, long events, long amounts, BigDecimal amount) {
        static final Sums NONE = new Sums(0, 0, 0, BigDecimal.ZERO);

        static Sums of(ResultSet row) throws SQLException {
            return new Sums(
                    row.getLong("row_count"),
                    row.getLong("event_count"),
                    row.getLong("amounts"),
                    row.getBigDecimal("amount").stripTrailingZeros());
        }

        @Override
        public String toString() {
            return "%d rows, %d events, %d amounts of %s".formatted(rows, events, amounts, amount.toPlainString());
        }
    }

    void compare(StoredTable view, LocalDate day) {
        if (expectation.isBelowFloor(view.floor(), day)) {
            return;
        }
        Map<Group, Sums> counted = new HashMap<>();
        Map<PartitionDay, StoredRows> highest = new TreeMap<>();
        store.forEach(viewSql(view, day), row -> {
            Group group = Group.of(row);
            counted.put(group, Sums.of(row));
            highest.merge(
                    new PartitionDay(group.place(), day),
                    new StoredRows(0, row.getLong("highest")),
                    (one, other) -> one.offsetMax() > other.offsetMax() ? one : other);
        });
        Map<LogPartition, Long> bounds = bounds(view, highest);
        Map<Group, Sums> present = new HashMap<>();
        store.forEach(rowsSql(day, bounds), row -> present.put(Group.of(row), Sums.of(row)));
        counted.keySet().removeIf(group -> !bounds.containsKey(group.place()));
        report(view, day, counted, present);
    }

    /** Up to where the rows of each partition can be compared. */
    private Map<LogPartition, Long> bounds(StoredTable view, Map<PartitionDay, StoredRows> highest) {
        LedgerProgress progress = LedgerProgress.past(ledger, expectation.cut(), List.of(highest));
        Map<LogPartition, Long> bounds = new TreeMap<>();
        highest.forEach((where, rows) -> {
            if (!progress.covers(where.place(), rows.offsetMax())) {
                findings.notice(
                        "the sums of %s were not compared, as it counts rows above the ledger's end: partition %s"
                                .formatted(view.table(), where.place()));
            } else if (expectation.account(where).removed().equals(Account.Removed.NONE)) {
                bounds.put(where.place(), rows.offsetMax() + 1);
            }
        });
        return bounds;
    }

    private void report(StoredTable view, LocalDate day, Map<Group, Sums> counted, Map<Group, Sums> present) {
        Set<Group> all = new HashSet<>(counted.keySet());
        all.addAll(present.keySet());
        Map<LogPartition, Long> differing = new TreeMap<>();
        Map<LogPartition, String> examples = new HashMap<>();
        for (Group group : all) {
            Sums seen = counted.getOrDefault(group, Sums.NONE);
            Sums rows = present.getOrDefault(group, Sums.NONE);
            if (!seen.equals(rows)) {
                differing.merge(group.place(), 1L, Long::sum);
                examples.putIfAbsent(
                        group.place(),
                        "tenant %s, type %s: %s says %s, events has %s"
                                .formatted(group.tenant(), group.type(), view.table(), seen, rows));
            }
        }
        differing.forEach((place, groups) -> findings.add(Finding.of(
                Check.VIEW_SUMS,
                new PartitionDay(place, day),
                groups,
                "%d sums differ; %s".formatted(groups, examples.get(place)))));
    }

    private static String viewSql(StoredTable view, LocalDate day) {
        return """
            SELECT log_id, partition, tenant, event_type, sum(rows) AS row_count, sum(events) AS event_count,
                sum(amount_events) AS amounts, sum(amount_sum) AS amount, max(offset_max) AS highest
            FROM %s WHERE received_day = '%s' GROUP BY log_id, partition, tenant, event_type""".formatted(view.table(), day);
    }

    private static String rowsSql(LocalDate day, Map<LogPartition, Long> bounds) {
        return """
            SELECT log_id, partition, tenant, event_type, count() AS row_count, sum(weight) AS event_count,
                sumIf(weight, isNotNull(order_amount)) AS amounts,
                sum(ifNull(order_amount, toDecimal128(0, 6)) * toDecimal128(weight, 0)) AS amount
            FROM events WHERE toDate(received_at) = '%s' AND offset < %s
            GROUP BY log_id, partition, tenant, event_type""".formatted(day, Cut.sql(bounds));
    }
}
