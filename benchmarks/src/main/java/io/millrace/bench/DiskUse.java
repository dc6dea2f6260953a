package io.millrace.bench;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/**
 * What a table's live parts take on disk.
 *
 * @param columnBytes compressed data of each column, the largest first
 * @param markBytes where in the files the granules begin
 * @param wholeBytes all files of the parts: data and marks, keys, indexes, projections, checksums
 */
record DiskUse(SequencedMap<String, Long> columnBytes, long markBytes, long wholeBytes) {
    DiskUse {
        long named = markBytes
                + columnBytes.values().stream().mapToLong(Long::longValue).sum();
        if (wholeBytes < named) {
            throw new IllegalArgumentException(
                    "columns and marks of " + named + " bytes in parts of " + wholeBytes + " bytes");
        }
    }

    static DiskUse of(EventStore store, String table) throws IOException, InterruptedException {
        String parts = "WHERE active AND database = currentDatabase() AND table = '" + table + "'";
        SequencedMap<String, Long> columns = new LinkedHashMap<>();
        store.ask("SELECT column, sum(column_data_compressed_bytes) AS bytes FROM system.parts_columns " + parts
                        + " GROUP BY column ORDER BY bytes DESC, column")
                .lines()
                .map(line -> line.split("\t", -1))
                .forEach(fields -> columns.put(fields[0], Long.parseLong(fields[1])));
        String[] sums = store.ask("SELECT sum(marks_bytes), sum(bytes_on_disk) FROM system.parts " + parts)
                .split("\t", -1);
        return new DiskUse(columns, Long.parseLong(sums[0]), Long.parseLong(sums[1]));
    }

    long bytesOf(String column) {
        return columnBytes.getOrDefault(column, 0L);
    }

    /** Keys, indexes, projections, checksums. */
    long otherBytes() {
        return wholeBytes
                - markBytes
                - columnBytes.values().stream().mapToLong(Long::longValue).sum();
    }
}
