package io.millrace.bench;

import java.io.IOException;

/**
 * What ClickHouse's threads spent on something, as its own logs have it. Unlike time by the clock it says little about
 * what else the machine was doing.
 *
 * @param processorSeconds in user and kernel mode
 */
record ServerCost(double processorSeconds) {
    private static final String PROCESSOR_MICROS =
            "ProfileEvents['UserTimeMicroseconds'] + ProfileEvents['SystemTimeMicroseconds']";
    private static final double MICROS = 1e6;

    /** Of all statements that bore the comment. */
    static ServerCost ofStatements(EventStore store, String comment)
            throws IOException, MeasurementException, InterruptedException {
        return read(store, "system.query_log WHERE type = 'QueryFinish' AND log_comment = '" + comment + "'");
    }

    /** Of all merges of a table of the store's database. */
    static ServerCost ofMerges(EventStore store, String table)
            throws IOException, MeasurementException, InterruptedException {
        return read(
                store,
                "system.part_log WHERE event_type = 'MergeParts' AND database = currentDatabase() AND table = '" + table
                        + "'");
    }

    double secondsPerMillion(long rows) {
        return processorSeconds / (rows / 1e6);
    }

    private static ServerCost read(EventStore store, String log)
            throws IOException, MeasurementException, InterruptedException {
        store.ask("SYSTEM FLUSH LOGS");
        return parsed(store.ask("SELECT count(), sum(" + PROCESSOR_MICROS + ") FROM " + log), log);
    }

    /** Number of entries and their microseconds, with a tab between. */
    static ServerCost parsed(String line, String log) throws MeasurementException {
        String[] fields = line.split("\t", -1);
        if (fields[0].equals("0")) {
            throw new MeasurementException("ClickHouse has no record of it in " + log);
        }
        return new ServerCost(Long.parseLong(fields[1]) / MICROS);
    }
}
