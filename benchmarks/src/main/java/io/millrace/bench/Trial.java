package io.millrace.bench;

import java.io.IOException;
import java.util.concurrent.atomic.AtomicInteger;

/** A table of some form while it is measured. Nothing of it is left afterwards. */
final class Trial implements AutoCloseable {
    private static final int ASKED = 5;

    /** Every trial's table has a name of its own, by which the server's logs tell what belongs to it. */
    private static final AtomicInteger TRIALS = new AtomicInteger();

    private final EventStore store;
    private final TableForm form;
    private final String table;

    Trial(EventStore store, TableForm form) {
        this.store = store;
        this.form = form;
        this.table = "trial_" + TRIALS.incrementAndGet();
    }

    /**
     * What filling the table cost.
     *
     * @param rowsPerSecond by the clock
     * @param insertSeconds the server's processor time per million rows
     * @param mergeSeconds that of merging them all into one part, per million rows
     */
    record Filling(double rowsPerSecond, double insertSeconds, double mergeSeconds) {}

    /**
     * What a question cost, at the median and with everything in the page cache.
     *
     * @param answer the rows, the same whatever the form
     */
    record Asking(String answer, double processorMillis, double millis) {}

    /**
     * Fills the table anew in each round, merges it once, and leaves it full. What counts is the median of the rounds.
     */
    Filling fill(PreparedRows rows, int rounds) throws IOException, MeasurementException, InterruptedException {
        double[] rates = new double[rounds];
        double[] seconds = new double[rounds];
        for (int round = 0; round < rounds; round++) {
            create();
            String comment = table + " round " + round;
            long startNanos = System.nanoTime();
            rows.insertInto(store, table, comment);
            rates[round] = rows.rows() / ((System.nanoTime() - startNanos) / 1e9);
            seconds[round] = ServerCost.ofStatements(
                            store, comment, rows.blocks().size())
                    .secondsPerMillion(rows.rows());
            requireRows(rows.rows());
        }
        store.ask("OPTIMIZE TABLE " + table + " FINAL");
        requireRows(rows.rows());
        double merge = ServerCost.ofMerges(store, table, receiptDays()).secondsPerMillion(rows.rows());
        return new Filling(Comparison.median(rates), Comparison.median(seconds), merge);
    }

    /** @param question with {@code %s} where the table's name belongs */
    Asking ask(String question) throws IOException, MeasurementException, InterruptedException {
        String sql = question.formatted(table);
        // The first reads from disk and is not counted.
        String answer = store.ask(sql);
        double[] processorMillis = new double[ASKED];
        double[] millis = new double[ASKED];
        for (int time = 0; time < ASKED; time++) {
            String comment = "%s %d %d".formatted(table, question.hashCode(), time);
            long startNanos = System.nanoTime();
            store.ask(sql + " SETTINGS log_comment = '" + comment + "'");
            millis[time] = (System.nanoTime() - startNanos) / 1e6;
            processorMillis[time] = ServerCost.ofStatements(store, comment, 1).processorSeconds() * 1e3;
        }
        return new Asking(answer, Comparison.median(processorMillis), Comparison.median(millis));
    }

    DiskUse diskUse() throws IOException, InterruptedException {
        return DiskUse.of(store, table);
    }

    @Override
    public void close() throws IOException {
        try {
            drop();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void create() throws IOException, InterruptedException {
        // Made anew and not emptied: the same block again would be taken for a replay and left out.
        drop();
        store.ask("CREATE TABLE " + table + " AS events");
        // Nothing is merged by itself, or some rows would be merged twice and others not.
        store.ask("ALTER TABLE " + table + " MODIFY SETTING max_bytes_to_merge_at_max_space_in_pool = 1");
        for (String change : form.changes()) {
            store.ask("ALTER TABLE " + table + " " + change);
        }
    }

    private void drop() throws IOException, InterruptedException {
        store.ask("DROP TABLE IF EXISTS " + table + " SYNC");
    }

    /** Each is a partition of the table, and merged by itself. */
    private int receiptDays() throws IOException, InterruptedException {
        return Math.toIntExact(store.number("SELECT uniqExact(toDate(received_at)) FROM " + table));
    }

    private void requireRows(long expected) throws IOException, MeasurementException, InterruptedException {
        long found = store.number("SELECT count() FROM " + table);
        if (found != expected) {
            throw new MeasurementException(table + " has " + found + " rows and should have " + expected);
        }
    }
}
