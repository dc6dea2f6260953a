package io.millrace.prove.fault;

import io.millrace.prove.verdict.Store;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Watches on ClickHouse's disk how far an insert has come, and stops ClickHouse when it seems to have come to a state. Only
 * then, everything standing still, is looked whether it has.
 */
final class InsertEye {
    private static final long WATCHED_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(400);
    private static final String EVENTS = "events";
    private static final String MINUTES = "events_per_minute";
    private static final String HOURS = "events_per_hour";

    private final Map<String, TableFolder> folders = new HashMap<>();
    private final SwiftStop stop = new SwiftStop();
    private final Torn wanted;

    InsertEye(Store store, Torn wanted) throws IOException, InterruptedException {
        this.wanted = wanted;
        for (List<String> row : store.rows(
                "SELECT name, data_paths[1] FROM system.tables "
                        + "WHERE database = currentDatabase() AND name IN ('events', 'events_per_minute', 'events_per_hour')")) {
            folders.put(row.getFirst(), new TableFolder(Path.of(row.getLast())));
        }
    }

    /**
     * Watches the insert that ClickHouse is at.
     *
     * @return whether it was met in the state; ClickHouse stands still then, and in any case when it was stopped
     */
    Look watch(long pid) throws IOException {
        Map<String, TokenLog> before = tokenLogs();
        long deadlineNanos = System.nanoTime() + WATCHED_NANOS_MAX;
        while (!seems(before)) {
            if (System.nanoTime() > deadlineNanos) {
                return Look.NOTHING;
            }
            Thread.onSpinWait();
        }
        boolean stopped = stop.send(pid);
        return stopped && holds(before) ? Look.MET : Look.STOPPED;
    }

    /** How long a table's log of tokens was when the watch began. */
    private record TokenLog(Path file, long bytes) {}

    /** What came of watching. */
    enum Look {
        /** No insert came along. */
        NOTHING,
        /** It was stopped too late. */
        STOPPED,
        /** In the very state. */
        MET
    }

    private boolean seems(Map<String, TokenLog> before) throws IOException {
        return switch (wanted) {
            case TOKEN_WITHOUT_PART -> hasGrown(EVENTS, before);
            case EVENTS_WITHOUT_VIEWS -> hasGrown(EVENTS, before);
            case ONE_VIEW_OF_TWO -> hasGrown(MINUTES, before) || hasGrown(HOURS, before);
        };
    }

    private boolean holds(Map<String, TokenLog> before) throws IOException {
        return switch (wanted) {
            case TOKEN_WITHOUT_PART -> !folder(EVENTS).hasPartOfLastToken();
            case EVENTS_WITHOUT_VIEWS ->
                folder(EVENTS).hasPartOfLastToken() && !hasGrown(MINUTES, before) && !hasGrown(HOURS, before);
            case ONE_VIEW_OF_TWO -> hasGrown(MINUTES, before) != hasGrown(HOURS, before);
        };
    }

    private Map<String, TokenLog> tokenLogs() throws IOException {
        Map<String, TokenLog> logs = new HashMap<>();
        for (String table : folders.keySet()) {
            Path log = folder(table).tokens();
            logs.put(table, new TokenLog(log, Files.size(log)));
        }
        return logs;
    }

    private static boolean hasGrown(String table, Map<String, TokenLog> before) throws IOException {
        TokenLog log = before.get(table);
        return log != null && Files.size(log.file()) > log.bytes();
    }

    private TableFolder folder(String table) {
        TableFolder folder = folders.get(table);
        if (folder == null) {
            throw new IllegalStateException("ClickHouse does not say where " + table + " lies");
        }
        return folder;
    }
}
