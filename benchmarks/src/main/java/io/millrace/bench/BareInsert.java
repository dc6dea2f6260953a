package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * ClickHouse by itself: rows that are there already, prepared as Native blocks in memory by ClickHouse's own hand, one
 * block for each Kafka partition, inserted into the empty tables of another database through the same views.
 */
final class BareInsert {
    /** What shapes the parts; the rest of the consumer's settings costs nothing here. */
    private static final Map<String, String> SETTINGS = Map.ofEntries(
            Map.entry("async_insert", "0"),
            Map.entry("max_insert_threads", "1"),
            Map.entry("min_insert_block_size_rows", "1000000000"),
            Map.entry("min_insert_block_size_bytes", "0"),
            Map.entry("min_insert_block_size_rows_for_materialized_views", "1000000000"),
            Map.entry("min_insert_block_size_bytes_for_materialized_views", "0"),
            Map.entry("parallel_view_processing", "0"),
            Map.entry("optimize_on_insert", "1"));

    private final List<byte[]> blocks = new ArrayList<>();
    private long rows;

    /** Takes the rows out of the store. */
    BareInsert(EventStore from, int partitions) throws IOException, InterruptedException {
        for (int partition = 0; partition < partitions; partition++) {
            String filter = " FROM events WHERE partition = " + partition;
            rows += from.number("SELECT count()" + filter);
            // One block, whose form differs from ours in nothing that matters.
            blocks.add(from.bytes("SELECT *" + filter
                    + " ORDER BY offset LIMIT 1000000 SETTINGS max_block_size = 1000000 FORMAT Native"));
        }
    }

    /**
     * Inserts them.
     *
     * @param parallel how many blocks at once
     * @return rows a second
     */
    double rate(EventStore into, int parallel) throws IOException, MeasurementException, InterruptedException {
        long startNanos = System.nanoTime();
        try (ExecutorService threads = Executors.newFixedThreadPool(parallel)) {
            List<Future<?>> inserts = new ArrayList<>();
            for (byte[] block : blocks) {
                inserts.add(threads.submit(() -> {
                    into.insert("INSERT INTO events_in FORMAT Native", block, SETTINGS);
                    return null;
                }));
            }
            for (Future<?> insert : inserts) {
                insert.get();
            }
        } catch (ExecutionException e) {
            throw new MeasurementException("ClickHouse did not take the rows: " + e.getCause(), e);
        }
        double seconds = (System.nanoTime() - startNanos) / 1e9;
        long found = into.number("SELECT count() FROM events");
        if (found != rows) {
            throw new MeasurementException("the bare insert left " + found + " rows of " + rows);
        }
        return rows / seconds;
    }
}
