package io.millrace.bench.asking;

import java.util.List;

/** The tables that the analytics-service answers from, coarsest first. */
enum StoredView {
    HOURS("events_per_hour", "hour", 3_600),
    MINUTES("events_per_minute", "minute", 60),
    EVENTS("events", "timestamp", 1);

    private final String table;
    private final String time;
    private final long bucketSeconds;

    StoredView(String table, String time, long bucketSeconds) {
        this.table = table;
        this.time = time;
        this.bucketSeconds = bucketSeconds;
    }

    /** The coarsest that keeps the question's range and points whole. */
    static StoredView serving(Question question) {
        return List.of(values()).stream()
                .filter(view -> question.isWholeIn(view.bucketSeconds))
                .findFirst()
                .orElseThrow();
    }

    String table() {
        return table;
    }

    /** The column with the time of the event, or the start of its bucket. */
    String time() {
        return time;
    }

    boolean isRaw() {
        return this == EVENTS;
    }
}
