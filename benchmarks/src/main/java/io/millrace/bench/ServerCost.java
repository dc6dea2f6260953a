package io.millrace.bench;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * What ClickHouse's threads spent on something, as its own logs have it. Unlike time by the clock it says little about
 * what else the machine was doing.
 *
 * @param entries how many statements or merges it was
 * @param processorSeconds in user and kernel mode
 */
record ServerCost(int entries, double processorSeconds) {
    private static final String PROCESSOR_MICROS =
            "ProfileEvents['UserTimeMicroseconds'] + ProfileEvents['SystemTimeMicroseconds']";
    private static final double MICROS = 1e6;
    private static final Duration LOGGED_WITHIN = Duration.ofSeconds(30);
    private static final Duration LOOK_EVERY = Duration.ofMillis(20);

    /** Of the statements that bore the comment. */
    static ServerCost ofStatements(EventStore store, String comment, int statements)
            throws IOException, MeasurementException, InterruptedException {
        return read(
                store, "system.query_log WHERE type = 'QueryFinish' AND log_comment = '" + comment + "'", statements);
    }

    /** Of the merges of a table of the store's database. */
    static ServerCost ofMerges(EventStore store, String table, int merges)
            throws IOException, MeasurementException, InterruptedException {
        return read(
                store,
                "system.part_log WHERE event_type = 'MergeParts' AND database = currentDatabase() AND table = '" + table
                        + "'",
                merges);
    }

    double secondsPerMillion(long rows) {
        return processorSeconds / (rows / 1e6);
    }

    /** Waits for so many entries, since the server may answer before it logs. With more, others' would be counted. */
    private static ServerCost read(EventStore store, String log, int entries)
            throws IOException, MeasurementException, InterruptedException {
        long startNanos = System.nanoTime();
        while (System.nanoTime() - startNanos < LOGGED_WITHIN.toNanos()) {
            store.ask("SYSTEM FLUSH LOGS");
            ServerCost cost = parsed(store.ask("SELECT count(), sum(" + PROCESSOR_MICROS + ") FROM " + log));
            if (cost.entries() == entries) {
                return cost;
            }
            TimeUnit.NANOSECONDS.sleep(LOOK_EVERY.toNanos());
        }
        throw new MeasurementException("after " + LOGGED_WITHIN + " there are not " + entries + " in " + log);
    }

    /** Number of entries and their microseconds, with a tab between. */
    static ServerCost parsed(String line) {
        String[] fields = line.split("\t", -1);
        return new ServerCost(Integer.parseInt(fields[0]), Long.parseLong(fields[1]) / MICROS);
    }
}
