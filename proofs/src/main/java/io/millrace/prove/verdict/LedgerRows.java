package io.millrace.prove.verdict;

import java.io.IOException;
import java.util.BitSet;
import java.util.List;

/** Holds every row of the ledger against the log: rows meet, and each counts its own offsets rightly. */
final class LedgerRows {
    private final Store store;

    LedgerRows(Store store) {
        this.store = store;
    }

    void compare(PartitionRecount partition, Differences differences) throws IOException, InterruptedException {
        int next = 0;
        for (List<String> row : rows(partition)) {
            int start = Integer.parseInt(row.get(1));
            int end = Integer.parseInt(row.get(2));
            if (row.getFirst().equals("opened")) {
                continue;
            }
            if (start != next || end <= start || !row.getFirst().equals("stored")) {
                differences.add(
                        "rows do not meet",
                        new Difference(
                                "ledger row %s follows one that ends at %d".formatted(row, next),
                                partition.partition(),
                                start));
            } else {
                compareCounts(partition, row, start, end, differences);
            }
            next = end;
        }
        if (next != partition.end()) {
            differences.add(new Difference("the ledger ends here", partition.partition(), next));
        }
    }

    private List<List<String>> rows(PartitionRecount partition) throws IOException, InterruptedException {
        return store.rows("""
                SELECT kind, start_offset, end_offset, stored, duplicates, dead_lettered, skipped
                FROM ledger FINAL WHERE partition = %d ORDER BY end_offset, start_offset""".formatted(partition.partition()));
    }

    private static void compareCounts(
            PartitionRecount partition, List<String> row, int start, int end, Differences differences) {
        long stored = count(partition.stored(), start, end);
        long duplicates = count(partition.duplicates(), start, end);
        long dead = count(partition.deadLetters(), start, end);
        List<String> wanted = List.of(
                Long.toString(stored),
                Long.toString(duplicates),
                Long.toString(dead),
                Long.toString(end - start - stored - duplicates - dead));
        if (!row.subList(3, row.size()).equals(wanted)) {
            differences.add(
                    "rows count wrongly",
                    new Difference(
                            "ledger row to %d counts %s and must count %s"
                                    .formatted(end, row.subList(3, row.size()), wanted),
                            partition.partition(),
                            start));
        }
    }

    private static long count(BitSet offsets, int start, int end) {
        return offsets.get(start, end).cardinality();
    }
}
