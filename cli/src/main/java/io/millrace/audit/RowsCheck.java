package io.millrace.audit;

import java.util.EnumMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Whether the tables have just the rows that the ledger says.
 *
 * <p>Each of the three is, per partition, a prefix of the log that grows by whole ranges. So what it has up to its
 * highest offset is compared with the ledger up to the range of that offset, and nothing has to stand still.
 */
final class RowsCheck {
    static final String LETTERS_FLOOR = "dead_letters_floor";

    private final EventStore store;
    private final Expectation expectation;
    private final Findings findings;

    RowsCheck(EventStore store, Expectation expectation, Findings findings) {
        this.store = store;
        this.expectation = expectation;
        this.findings = findings;
    }

    /** Reads the tables, which must be after the cut was made. */
    Map<StoredTable, Map<PartitionDay, StoredRows>> read() {
        Map<StoredTable, Map<PartitionDay, StoredRows>> tables = new EnumMap<>(StoredTable.class);
        for (StoredTable table : StoredTable.values()) {
            tables.put(table, store.positions(table));
        }
        return tables;
    }

    void compare(StoredTable table, Map<PartitionDay, StoredRows> found, LedgerProgress progress) {
        Set<PartitionDay> all = new TreeSet<>(expectation.accounts().keySet());
        all.addAll(found.keySet());
        for (PartitionDay where : all) {
            StoredRows rows = found.getOrDefault(where, new StoredRows(0, -1));
            long expected = expectation.account(where).rowsOf(table);
            if (rows.offsetMax() < expectation.cut().end(where.place())) {
                judge(table, where, expected, rows.rows());
            } else if (progress.covers(where.place(), rows.offsetMax())) {
                judge(table, where, expected + progress.rowsUpTo(where, rows.offsetMax()), rows.rows());
            } else {
                inFlight(table, where, expected, rows.rows());
            }
        }
    }

    /** Rows that have no ledger row, and got none while we waited: whoever inserted them is gone, or hangs. */
    private void inFlight(StoredTable table, PartitionDay where, long expected, long rows) {
        if (table == StoredTable.EVENTS) {
            long below = store.eventsBelow(expectation.cut(), where);
            findings.notice("%d rows of events are above the ledger's end: partition %s, received on %s"
                    .formatted(rows - below, where.place(), where.day()));
            judge(table, where, expected, below);
        } else {
            findings.notice("%s counts rows above the ledger's end and was not compared: partition %s, received on %s"
                    .formatted(table.table(), where.place(), where.day()));
        }
    }

    private void judge(StoredTable table, PartitionDay where, long expected, long found) {
        if (found == expected) {
            return;
        }
        if (table != StoredTable.EVENTS && isDropped(table.floor(), where, expected, found)) {
            return;
        }
        long expired = expectation.account(where).removed().expired();
        if (table == StoredTable.EVENTS
                && expectation.isExpiring(where)
                && found > expected
                && found <= expected + expired) {
            findings.notice("%d rows of events have expired and are not dropped yet: partition %s, received on %s"
                    .formatted(found - expected, where.place(), where.day()));
            return;
        }
        findings.add(differing(table.check(), where, expected, found));
    }

    /** Dead letters are written before the ledger row, so below the cut they are all there. */
    void compareLetters(Map<PartitionDay, Long> found) {
        Set<PartitionDay> all = new TreeSet<>(expectation.accounts().keySet());
        all.addAll(found.keySet());
        for (PartitionDay where : all) {
            long expected = expectation.account(where).deadLettered();
            long rows = found.getOrDefault(where, 0L);
            if (rows != expected && !isDropped(LETTERS_FLOOR, where, expected, rows)) {
                findings.add(differing(Check.DEAD_LETTERS, where, expected, rows));
            }
        }
    }

    private boolean isDropped(String floor, PartitionDay where, long expected, long found) {
        return found < expected && expectation.isBelowFloor(floor, where.day());
    }

    private static Finding differing(Check check, PartitionDay where, long expected, long found) {
        return Finding.of(
                check,
                where,
                Math.abs(found - expected),
                "%d rows where the ledger says %d, %d too %s"
                        .formatted(found, expected, Math.abs(found - expected), found < expected ? "few" : "many"));
    }
}
