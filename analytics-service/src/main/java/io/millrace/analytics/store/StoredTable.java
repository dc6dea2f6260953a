package io.millrace.analytics.store;

import io.millrace.analytics.question.Points;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.TimeRange;
import io.millrace.event.EventLimits;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

/** The tables that hold the events, finest first. */
public enum StoredTable {
    EVENTS("events", "events_floor", Duration.ofMillis(1)),
    MINUTES("events_per_minute", "minute_floor", Duration.ofMinutes(1)),
    HOURS("events_per_hour", "hour_floor", Duration.ofHours(1));

    /** All event time there can be: from the first that is valid to the end of the last day that is. */
    static final TimeRange ALL_TIME =
            new TimeRange(EventLimits.TIMESTAMP_MIN, EventLimits.TIMESTAMP_MAX.plus(Duration.ofDays(1)));

    private static final List<StoredTable> COARSEST_FIRST =
            Stream.of(values()).sorted(Comparator.reverseOrder()).toList();

    private final String table;
    private final String floor;
    private final Duration bucket;

    StoredTable(String table, String floor, Duration bucket) {
        this.table = table;
        this.floor = floor;
        this.bucket = bucket;
    }

    /** {@return its name in ClickHouse} */
    public String table() {
        return table;
    }

    /** {@return the name in {@code storage_state} of the event time below which it may lack events} */
    String floor() {
        return floor;
    }

    /**
     * The table to answer from: of those whose buckets the question's range and points keep whole, the coarsest that
     * retention has not cut into the range; when it has cut into all of them, the one it cut least.
     */
    static StoredTable serving(Question question, StorageState state) {
        List<StoredTable> fit = COARSEST_FIRST.stream()
                .filter(table -> table.keepsWhole(question))
                .toList();
        return fit.stream()
                .filter(table -> table.isComplete(question, state))
                .findFirst()
                // Of equal floors the first, which is the coarsest. The raw table always fits, so there is one.
                .orElseGet(() ->
                        fit.stream().min(Comparator.comparing(state::floor)).orElse(EVENTS));
    }

    /** Whether no event of the question's range was dropped from this table. */
    boolean isComplete(Question question, StorageState state) {
        TimeRange range = question.range().within(ALL_TIME);
        Instant floor = state.floor(this);
        return range.length().isZero() || !range.from().isBefore(floor);
    }

    private boolean keepsWhole(Question question) {
        if (this != EVENTS && !question.groupBy().isCounted()) {
            return false;
        }
        Points points = question.points().within(ALL_TIME);
        return points.range().isAlignedTo(bucket) && points.keepWhole(bucket);
    }
}
