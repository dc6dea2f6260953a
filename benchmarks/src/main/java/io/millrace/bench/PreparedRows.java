package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Rows that are stored already, as Native blocks in memory, made by ClickHouse's own hand, one for each Kafka partition.
 * Their form differs from the consumer's in nothing that matters.
 */
record PreparedRows(List<byte[]> blocks, long rows) {
    /** What shapes the parts; the rest of the consumer's settings costs nothing here. */
    static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("async_insert", "0"),
            Map.entry("max_insert_threads", "1"),
            Map.entry("min_insert_block_size_rows", "1000000000"),
            Map.entry("min_insert_block_size_bytes", "0"),
            Map.entry("min_insert_block_size_rows_for_materialized_views", "1000000000"),
            Map.entry("min_insert_block_size_bytes_for_materialized_views", "0"),
            Map.entry("parallel_view_processing", "0"),
            Map.entry("optimize_on_insert", "1"));

    private static final int BLOCK_ROWS_MAX = 1_000_000;

    PreparedRows {
        blocks = List.copyOf(blocks);
    }

    /**
     * Takes rows out of {@code events}.
     *
     * @param columns what stands between SELECT and FROM
     * @param partitions how many of the Kafka partitions, from 0 on
     */
    static PreparedRows of(EventStore from, String columns, int partitions) throws IOException, InterruptedException {
        List<byte[]> blocks = new ArrayList<>();
        long rows = 0;
        for (int partition = 0; partition < partitions; partition++) {
            String filter = " FROM events WHERE partition = " + partition;
            long found = from.number("SELECT count()" + filter);
            if (found == 0) {
                continue;
            }
            rows += found;
            blocks.add(from.bytes("SELECT " + columns + filter + " ORDER BY offset LIMIT " + BLOCK_ROWS_MAX
                    + " SETTINGS max_block_size = " + BLOCK_ROWS_MAX + " FORMAT Native"));
        }
        return new PreparedRows(blocks, rows);
    }

    long bytes() {
        return blocks.stream().mapToLong(block -> block.length).sum();
    }

    /**
     * Inserts all, one block after the other.
     *
     * @param comment by which the inserts are found in the server's log
     */
    void insertInto(EventStore store, String table, String comment) throws IOException, InterruptedException {
        Map<String, String> settings = new TreeMap<>(SETTINGS);
        settings.put("log_comment", comment);
        for (byte[] block : blocks) {
            store.insert("INSERT INTO " + table + " FORMAT Native", block, settings);
        }
    }
}
