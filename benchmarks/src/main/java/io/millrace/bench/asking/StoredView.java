package io.millrace.bench.asking;

import java.time.Instant;
import java.util.Arrays;

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
        return Arrays.stream(values())
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

    /** A moment in the unit of its time column: milliseconds of events, seconds of buckets. */
    long parameter(Instant moment) {
        return isRaw() ? moment.toEpochMilli() : moment.getEpochSecond();
    }

    boolean isRaw() {
        return this == EVENTS;
    }
}
