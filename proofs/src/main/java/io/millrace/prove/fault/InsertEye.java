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
 * Watches on ClickHouse's disk how far an insert has come, and strikes when it seems to have come to a state. Only then,
 * nothing moving any more, is looked whether it has.
 */
final class InsertEye {
    private static final long WATCHED_NANOS_MAX = TimeUnit.MILLISECONDS.toNanos(400);
    private static final int PRACTICE = 20_000;
    private static final String EVENTS = "events";
    private static final String MINUTES = "events_per_minute";
    private static final String HOURS = "events_per_hour";

    private final Map<String, TableFolder> folders = new HashMap<>();
    private final SwiftSignal signal = new SwiftSignal();
    private final Torn wanted;
    private Map<String, TokenLog> before = Map.of();

    InsertEye(Store store, Torn wanted) throws IOException, InterruptedException {
        this.wanted = wanted;
        for (List<String> row : store.rows(
                "SELECT name, data_paths[1] FROM system.tables "
                        + "WHERE database = currentDatabase() AND name IN ('events', 'events_per_minute', 'events_per_hour')")) {
            folders.put(row.getFirst(), new TableFolder(Path.of(row.getLast())));
        }
        practise();
    }

    /** So that everything is compiled when it counts. */
    private void practise() throws IOException {
        before = tokenLogs();
        long self = ProcessHandle.current().pid();
        for (int i = 0; i < PRACTICE; i++) {
            boolean _ = seems();
            boolean _ = signal.exists(self);
        }
    }

    /**
     * Watches the insert that ClickHouse is at and strikes once it seems to be in the state.
     *
     * @return whether it was struck and may have been in the state; otherwise it may stand still
     */
    boolean watch(long pid) throws IOException {
        before = tokenLogs();
        long deadlineNanos = System.nanoTime() + WATCHED_NANOS_MAX;
        while (!seems()) {
            if (System.nanoTime() > deadlineNanos) {
                return false;
            }
            Thread.onSpinWait();
        }
        // Between token and part there is no time to stop first and look then.
        return wanted == Torn.TOKEN_WITHOUT_PART ? signal.kill(pid) : signal.stop(pid) && isMet();
    }

    /** How long a table's log of tokens was when the watch began. */
    private record TokenLog(Path file, long bytes) {}

    private boolean seems() throws IOException {
        return switch (wanted) {
            case TOKEN_WITHOUT_PART -> hasGrown(EVENTS);
            case EVENTS_WITHOUT_VIEWS -> hasGrown(EVENTS);
            case ONE_VIEW_OF_TWO -> hasGrown(MINUTES) || hasGrown(HOURS);
        };
    }

    /** Whether the tables are in the state now. */
    boolean isMet() throws IOException {
        return switch (wanted) {
            case TOKEN_WITHOUT_PART -> !folder(EVENTS).hasPartOfLastToken();
            case EVENTS_WITHOUT_VIEWS -> folder(EVENTS).hasPartOfLastToken() && !hasGrown(MINUTES) && !hasGrown(HOURS);
            case ONE_VIEW_OF_TWO -> hasGrown(MINUTES) != hasGrown(HOURS);
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

    private boolean hasGrown(String table) throws IOException {
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
