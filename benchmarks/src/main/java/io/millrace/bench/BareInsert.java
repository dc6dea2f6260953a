package io.millrace.bench;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** ClickHouse by itself: prepared rows inserted into the empty tables of another database through the same views. */
final class BareInsert {
    private final PreparedRows prepared;

    BareInsert(PreparedRows prepared) {
        this.prepared = prepared;
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
            for (byte[] block : prepared.blocks()) {
                inserts.add(threads.submit(() -> {
                    into.insert("INSERT INTO events_in FORMAT Native", block, PreparedRows.SETTINGS);
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
        if (found != prepared.rows()) {
            throw new MeasurementException("the bare insert left " + found + " rows of " + prepared.rows());
        }
        return prepared.rows() / seconds;
    }
}
