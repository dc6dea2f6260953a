package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.OrderBy;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.log.Tenant;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoredTableTest {
    private static final StorageState UNCUT = state(Map.of());

    private static StorageState state(Map<StoredTable, Instant> floors) {
        return new StorageState(0, floors, new TreeMap<>());
    }

    private static Question question(String from, String to, @Nullable Interval interval) {
        return question(from, to, interval, "UTC");
    }

    private static Question question(String from, String to, @Nullable Interval interval, String zone) {
        TimeRange range = new TimeRange(Instant.parse(from), Instant.parse(to));
        Tenant tenant = new Tenant("shop");
        return interval == null
                ? new Question.Counts(tenant, range, Collections.emptySortedSet(), GroupBy.EVENT_TYPE)
                : new Question.Timeseries(
                        tenant,
                        SpacedPoints.of(range, interval, ZoneId.of(zone), 1_000_000)
                                .orElseThrow(),
                        Collections.emptySortedSet(),
                        GroupBy.EVENT_TYPE,
                        Fill.NONE);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "2001-01-01T00:00:00Z,     2001-01-02T00:00:00Z,     -,      HOURS",
                "2001-01-01T05:00:00Z,     2001-01-01T06:00:00Z,     -,      HOURS",
                "2001-01-01T05:00:00Z,     2001-01-01T06:30:00Z,     -,      MINUTES",
                "2001-01-01T05:01:00Z,     2001-01-01T06:00:00Z,     -,      MINUTES",
                "2001-01-01T05:00:01Z,     2001-01-01T06:00:00Z,     -,      EVENTS",
                "2001-01-01T05:00:00Z,     2001-01-01T06:00:00.001Z, -,      EVENTS",
                "2001-01-01T00:00:00Z,     2001-01-02T00:00:00Z,     DAY,    HOURS",
                "2001-01-01T05:00:00Z,     2001-01-02T00:00:00Z,     DAY,    HOURS",
                "2001-01-01T05:30:00Z,     2001-01-02T00:00:00Z,     DAY,    MINUTES",
                "2001-01-01T05:00:00Z,     2001-01-02T00:00:00Z,     HOUR,   HOURS",
                "2001-01-01T05:00:00Z,     2001-01-02T00:00:00Z,     MINUTE, MINUTES",
                "2001-01-01T05:00:00.500Z, 2001-01-02T00:00:00Z,     MINUTE, EVENTS",
                // What lies outside all event time cannot make a range unaligned.
                "1812-06-18T12:34:56Z,     2001-01-02T00:00:00Z,     -,      HOURS",
                "2001-01-01T00:00:00Z,     2999-12-31T23:59:59.999Z, -,      HOURS",
            })
    void coarsestThatKeepsBucketsWholeServes(
            String from, String to, @Nullable Interval interval, StoredTable expected) {
        assertThat(StoredTable.serving(question(from, to, interval), UNCUT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({"EVENT_TYPE, HOURS", "PRODUCT_ID, EVENTS", "USER_ID, EVENTS", "SESSION_ID, EVENTS"})
    void whatViewsAreNotBrokenDownByIsReadFromTheEvents(GroupBy groupBy, StoredTable expected) {
        TimeRange day = new TimeRange(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2001-01-02T00:00:00Z"));
        Question largest = new Question.Top(
                new Tenant("shop"),
                day,
                Collections.emptySortedSet(),
                groupBy,
                new Question.Ranking(OrderBy.COUNT, 10));
        assertThat(StoredTable.serving(largest, UNCUT)).isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "DAY, America/New_York, HOURS",
        "MONTH, Europe/Berlin, HOURS",
        "HOUR, -03:00, HOURS",
        "DAY, Asia/Kolkata, MINUTES",
        "WEEK, Asia/Kathmandu, MINUTES",
        "HOUR, +05:30, MINUTES",
        "HOUR, Australia/Lord_Howe, MINUTES",
        "MINUTE, Asia/Kathmandu, MINUTES",
    })
    void coarsestThatKeepsLocalPointsWholeServes(Interval interval, String zone, StoredTable expected) {
        assertThat(StoredTable.serving(question("2001-01-01T00:00:00Z", "2001-12-31T00:00:00Z", interval, zone), UNCUT))
                .isEqualTo(expected);
    }

    @ParameterizedTest
    @CsvSource({
        // Liberia kept local mean time until 1972; before 1970 there are no events whose points could be cut.
        "1971-12-01T00:00:00Z, 1972-02-01T00:00:00Z, Africa/Monrovia,  EVENTS",
        "1972-01-08T00:00:00Z, 1972-02-01T00:00:00Z, Africa/Monrovia,  HOURS",
        "1880-01-01T00:00:00Z, 1972-02-01T00:00:00Z, America/New_York, HOURS",
    })
    void localMeanTimeIsServedFromTheEvents(String from, String to, String zone, StoredTable expected) {
        assertThat(StoredTable.serving(question(from, to, Interval.DAY, zone), UNCUT))
                .isEqualTo(expected);
    }

    @Test
    void minutesServeFromTheirFloorOn() {
        StorageState cut = state(Map.of(StoredTable.MINUTES, Instant.parse("2001-01-01T05:10:00Z")));
        Question at = question("2001-01-01T05:10:00Z", "2001-01-01T06:00:00Z", null);
        Question below = question("2001-01-01T05:09:00Z", "2001-01-01T06:00:00Z", null);
        assertThat(StoredTable.serving(at, cut)).isEqualTo(StoredTable.MINUTES);
        assertThat(StoredTable.serving(below, cut)).isEqualTo(StoredTable.EVENTS);
        assertThat(StoredTable.EVENTS.isComplete(below, cut)).isTrue();
    }

    @Test
    void finerTableServesWhereACoarserWasCut() {
        StorageState cut = state(Map.of(StoredTable.HOURS, Instant.parse("2001-02-01T00:00:00Z")));
        assertThat(StoredTable.serving(question("2001-01-01T00:00:00Z", "2001-01-02T00:00:00Z", null), cut))
                .isEqualTo(StoredTable.MINUTES);
    }

    @Test
    void leastCutServesWhenAllAreAndIsNotComplete() {
        Question asked = question("2001-01-01T00:00:00Z", "2001-12-01T00:00:00Z", null);
        StorageState cut = state(Map.of(
                StoredTable.HOURS, Instant.parse("2001-03-01T00:00:00Z"),
                StoredTable.MINUTES, Instant.parse("2001-04-01T00:00:00Z"),
                StoredTable.EVENTS, Instant.parse("2001-02-01T00:00:00Z")));
        assertThat(StoredTable.serving(asked, cut)).isEqualTo(StoredTable.EVENTS);
        assertThat(StoredTable.EVENTS.isComplete(asked, cut)).isFalse();
    }

    @Test
    void coarsestServesWhenAllAreCutAlike() {
        Instant floor = Instant.parse("2001-03-01T00:00:00Z");
        StorageState cut =
                state(Map.of(StoredTable.HOURS, floor, StoredTable.MINUTES, floor, StoredTable.EVENTS, floor));
        assertThat(StoredTable.serving(question("2001-01-01T00:00:00Z", "2001-12-01T00:00:00Z", null), cut))
                .isEqualTo(StoredTable.HOURS);
    }

    @Test
    void emptyRangeLacksNothing() {
        StorageState cut = state(Map.of(StoredTable.HOURS, Instant.parse("2001-03-01T00:00:00Z")));
        assertThat(StoredTable.HOURS.isComplete(question("2001-01-01T00:00:00Z", "2001-01-01T00:00:00Z", null), cut))
                .isTrue();
    }
}
