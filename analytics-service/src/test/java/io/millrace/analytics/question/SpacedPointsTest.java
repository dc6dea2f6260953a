package io.millrace.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SpacedPointsTest {
    private static final TimeRange EVENT_TIME = new TimeRange(Instant.EPOCH, Instant.parse("2106-02-07T00:00:00Z"));
    private static final List<Interval> INTERVALS = List.of(Interval.values());
    private static final List<ZoneId> ZONES =
            ZoneId.getAvailableZoneIds().stream().sorted().map(ZoneId::of).toList();

    private static TimeRange range(String from, String to) {
        return new TimeRange(Instant.parse(from), Instant.parse(to));
    }

    private static SpacedPoints points(String from, String to, Interval interval, String zone) {
        return SpacedPoints.of(range(from, to), interval, ZoneId.of(zone), 1_000_000)
                .orElseThrow();
    }

    private static List<Instant> starts(Points points) {
        return IntStream.range(0, points.size())
                .mapToObj(index -> Instant.ofEpochSecond(points.startEpochSecond(index)))
                .toList();
    }

    @Test
    void daysHave23And25HoursWhereClocksAreChanged() {
        assertThat(starts(points("2026-03-07T12:00:00Z", "2026-03-10T00:00:00Z", Interval.DAY, "America/New_York")))
                .containsExactly(
                        Instant.parse("2026-03-07T05:00:00Z"),
                        Instant.parse("2026-03-08T05:00:00Z"),
                        Instant.parse("2026-03-09T04:00:00Z"));
        assertThat(starts(points("2026-11-01T04:00:00Z", "2026-11-02T05:00:00.001Z", Interval.DAY, "America/New_York")))
                .containsExactly(Instant.parse("2026-11-01T04:00:00Z"), Instant.parse("2026-11-02T05:00:00Z"));
    }

    @Test
    void hourThatComesAgainIsAPointOfItsOwn() {
        SpacedPoints hours = points("2026-11-01T04:00:00Z", "2026-11-01T09:00:00Z", Interval.HOUR, "America/New_York");
        assertThat(hours.size()).isEqualTo(5);
        assertThat(hours.areEven()).isTrue();
    }

    @Test
    void hoursOfLordHoweAreOneAndAHalfAndHalfAnHourLong() {
        assertThat(starts(points("2001-03-24T14:00:00Z", "2001-03-24T16:30:00Z", Interval.HOUR, "Australia/Lord_Howe")))
                .containsExactly(Instant.parse("2001-03-24T14:00:00Z"), Instant.parse("2001-03-24T15:30:00Z"));
        assertThat(starts(points("2001-10-27T14:30:00Z", "2001-10-27T17:00:00Z", Interval.HOUR, "Australia/Lord_Howe")))
                .containsExactly(
                        Instant.parse("2001-10-27T14:30:00Z"),
                        Instant.parse("2001-10-27T15:30:00Z"),
                        Instant.parse("2001-10-27T16:00:00Z"));
    }

    @Test
    void dayThatASkippedDateLineLeavesOutIsNoPoint() {
        assertThat(starts(points("2011-12-29T10:00:00Z", "2012-01-01T10:00:00Z", Interval.DAY, "Pacific/Apia")))
                .containsExactly(
                        Instant.parse("2011-12-29T10:00:00Z"),
                        Instant.parse("2011-12-30T10:00:00Z"),
                        Instant.parse("2011-12-31T10:00:00Z"));
    }

    @Test
    void minutesSetBackOverMidnightBelongToTheDayThatHadBegun() {
        // St. John's went back from 00:01 to 23:01.
        assertThat(starts(points("2005-10-29T12:00:00Z", "2005-10-31T12:00:00Z", Interval.DAY, "America/St_Johns")))
                .containsExactly(
                        Instant.parse("2005-10-29T02:30:00Z"),
                        Instant.parse("2005-10-30T02:30:00Z"),
                        Instant.parse("2005-10-31T03:30:00Z"));
    }

    @Test
    void weeksStartOnMondayAndMonthsOnTheirFirst() {
        assertThat(starts(points("2026-03-03T00:00:00Z", "2026-03-30T00:00:00Z", Interval.WEEK, "Europe/Berlin")))
                .containsExactly(
                        Instant.parse("2026-03-01T23:00:00Z"),
                        Instant.parse("2026-03-08T23:00:00Z"),
                        Instant.parse("2026-03-15T23:00:00Z"),
                        Instant.parse("2026-03-22T23:00:00Z"),
                        Instant.parse("2026-03-29T22:00:00Z"));
        assertThat(starts(points("2026-01-31T23:00:00Z", "2026-04-01T00:00:00Z", Interval.MONTH, "Europe/Berlin")))
                .containsExactly(
                        Instant.parse("2026-01-31T23:00:00Z"),
                        Instant.parse("2026-02-28T23:00:00Z"),
                        Instant.parse("2026-03-31T22:00:00Z"));
    }

    @Test
    void localMeanTimeHasSeconds() {
        SpacedPoints hours = points("1972-01-06T22:00:00Z", "1972-01-07T02:00:00Z", Interval.HOUR, "Africa/Monrovia");
        assertThat(starts(hours))
                .containsExactly(
                        Instant.parse("1972-01-06T21:44:30Z"),
                        Instant.parse("1972-01-06T22:44:30Z"),
                        Instant.parse("1972-01-06T23:44:30Z"),
                        Instant.parse("1972-01-07T00:44:30Z"),
                        Instant.parse("1972-01-07T01:00:00Z"));
        assertThat(hours.keepWhole(Duration.ofMinutes(1))).isFalse();
        assertThat(hours.keepWhole(Duration.ofMillis(1))).isTrue();
    }

    @Test
    void timesOutsideOfTheRangeAreInNoPoint() {
        SpacedPoints days = points("2026-03-07T12:00:00Z", "2026-03-10T00:00:00Z", Interval.DAY, "UTC");
        assertThat(days.indexOf(Instant.parse("2026-03-07T11:59:59.999Z").toEpochMilli()))
                .isEqualTo(-1);
        assertThat(days.indexOf(Instant.parse("2026-03-07T12:00:00Z").toEpochMilli()))
                .isZero();
        assertThat(days.indexOf(Instant.parse("2026-03-09T23:59:59.999Z").toEpochMilli()))
                .isEqualTo(2);
        assertThat(days.indexOf(Instant.parse("2026-03-10T00:00:00Z").toEpochMilli()))
                .isEqualTo(-1);
        assertThat(days.indexOf(Long.MIN_VALUE)).isEqualTo(-1);
        assertThat(days.indexOf(Long.MAX_VALUE)).isEqualTo(-1);
    }

    @Test
    void emptyRangeHasNoPoints() {
        SpacedPoints none = points("2026-03-07T12:00:00Z", "2026-03-07T12:00:00Z", Interval.DAY, "Europe/Berlin");
        assertThat(none.size()).isZero();
        assertThat(none.areEven()).isTrue();
        assertThat(none.keepWhole(Duration.ofHours(1))).isTrue();
        assertThat(none.indexOf(Instant.parse("2026-03-07T12:00:00Z").toEpochMilli()))
                .isEqualTo(-1);
    }

    @Test
    void mostPointsAreAllowedAndOneMoreIsNot() {
        TimeRange day = range("2026-11-01T04:00:00Z", "2026-11-02T05:00:00Z");
        ZoneId zone = ZoneId.of("America/New_York");
        assertThat(SpacedPoints.of(day, Interval.HOUR, zone, 25)).isPresent();
        assertThat(SpacedPoints.of(day, Interval.HOUR, zone, 24)).isEmpty();
        // 10,000 years of minutes: told without making them.
        assertThat(SpacedPoints.of(
                        range("0000-01-01T00:00:00Z", "9999-12-31T23:59:59Z"), Interval.MINUTE, zone, 1_000_000))
                .isEmpty();
    }

    @Test
    void runsOfAllEventTimeFitIntoAParameterOfClickHouse() {
        for (ZoneId zone : ZONES) {
            for (Interval interval : INTERVALS) {
                List<Run> runs = SpacedPoints.of(EVENT_TIME, interval, zone, Integer.MAX_VALUE)
                        .orElseThrow()
                        .runs();
                // 137 years of months; a start has at most ten digits and a comma, a parameter 128 KiB.
                assertThat(runs).as("%s of %s", interval, zone).hasSizeLessThan(137 * 12);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "UTC, HOUR, 3600000, true",
        "UTC, DAY, 3600000, true",
        "UTC, MINUTE, 3600000, false",
        "UTC, MINUTE, 60000, true",
        "America/New_York, DAY, 3600000, true",
        "America/New_York, MONTH, 3600000, true",
        "Asia/Kolkata, DAY, 3600000, false",
        "Asia/Kolkata, DAY, 60000, true",
        "Asia/Kathmandu, HOUR, 60000, true",
        "Australia/Lord_Howe, WEEK, 3600000, false",
        "+05:30, DAY, 60000, true",
        "+05:30, DAY, 3600000, false",
        "-12:00, DAY, 3600000, true",
    })
    void bucketsAreKeptWholeByPointsThatStartWithThem(String zone, Interval interval, long bucketMillis, boolean kept) {
        assertThat(points("2001-10-20T00:00:00Z", "2001-11-20T00:00:00Z", interval, zone)
                        .keepWhole(Duration.ofMillis(bucketMillis)))
                .isEqualTo(kept);
    }

    @Test
    void rangeInOnePointCutsNoBucketAndNeitherDoesTheStartOfItsFirst() {
        assertThat(points("2001-10-20T00:00:00Z", "2001-10-20T18:00:00Z", Interval.DAY, "Asia/Kolkata")
                        .keepWhole(Duration.ofHours(1)))
                .isTrue();
        assertThat(points("2001-10-20T00:00:00Z", "2001-10-20T19:00:00Z", Interval.DAY, "Asia/Kolkata")
                        .keepWhole(Duration.ofHours(1)))
                .isFalse();
    }

    @Test
    void equalsByWhatItWasMadeOf() {
        SpacedPoints one = points("2001-10-20T00:00:00Z", "2001-10-21T00:00:00Z", Interval.DAY, "UTC");
        assertThat(one)
                .isEqualTo(points("2001-10-20T00:00:00Z", "2001-10-21T00:00:00Z", Interval.DAY, "UTC"))
                .hasSameHashCodeAs(points("2001-10-20T00:00:00Z", "2001-10-21T00:00:00Z", Interval.DAY, "UTC"))
                .isNotEqualTo(points("2001-10-20T00:00:00Z", "2001-10-21T00:00:00Z", Interval.DAY, "GMT"))
                .isNotEqualTo(points("2001-10-20T00:00:00Z", "2001-10-21T00:00:00Z", Interval.WEEK, "UTC"))
                .isNotEqualTo(points("2001-10-20T00:00:00Z", "2001-10-21T00:00:00.001Z", Interval.DAY, "UTC"));
    }

    @RepeatedTest(20)
    void anyZoneRangeAndIntervalEqualsARecount() {
        long seed = Long.getLong("millrace.seed", new Random().nextLong());
        Random random = new Random(seed);
        for (int i = 0; i < 20; i++) {
            ZoneId zone = random.nextInt(10) == 0
                    ? ZoneOffset.ofTotalSeconds(60 * (random.nextInt(2 * 18 * 60 + 1) - 18 * 60))
                    : ZONES.get(random.nextInt(ZONES.size()));
            Interval interval = INTERVALS.get(random.nextInt(INTERVALS.size()));
            Instant from = time(random, zone, interval);
            TimeRange range =
                    new TimeRange(from, from.plusMillis(random.nextLong(60 * interval.widthSeconds() * 1_000)));
            assertThat(range).as("seed %d: %s of %s", seed, interval, zone).satisfies(_ -> {
                isRight(range, interval, zone, random);
                isRight(wholeMinutes(range), interval, zone, random);
            });
        }
    }

    private static TimeRange wholeMinutes(TimeRange range) {
        long from = range.from().toEpochMilli() / 60_000 * 60_000;
        return new TimeRange(
                Instant.ofEpochMilli(from),
                Instant.ofEpochMilli(from + range.length().toMinutes() * 60_000));
    }

    /** Half of them near a moment at which the zone's clocks are changed. */
    private static Instant time(Random random, ZoneId zone, Interval interval) {
        Instant any = Instant.parse("1860-01-01T00:00:00Z").plusSeconds(random.nextLong(250L * 365 * 86_400));
        ZoneOffsetTransition change = zone.getRules().nextTransition(any);
        Instant seconds = change == null || random.nextBoolean()
                ? any
                : change.getInstant().minusSeconds(random.nextLong(20 * interval.widthSeconds()));
        return random.nextBoolean() ? seconds : seconds.plusMillis(random.nextLong(1_000));
    }

    private static void isRight(TimeRange range, Interval interval, ZoneId zone, Random random) {
        NaivePoints naive = new NaivePoints(interval, zone);
        SpacedPoints points = SpacedPoints.of(range, interval, zone, 1_000).orElseThrow();
        List<Instant> starts = naive.starts(range);
        assertThat(starts(points)).isEqualTo(starts);
        assertThat(points.runs().stream().mapToLong(Run::points).sum()).isEqualTo(starts.size());
        for (Instant time : times(range, starts, random)) {
            int expected = range.contains(time.toEpochMilli()) ? starts.indexOf(naive.startOf(time)) : -1;
            assertThat(points.indexOf(time.toEpochMilli())).as("%s", time).isEqualTo(expected);
        }
        for (Duration bucket : List.of(Duration.ofMillis(1), Duration.ofMinutes(1), Duration.ofHours(1))) {
            assertThat(points.keepWhole(bucket))
                    .isEqualTo(
                            starts.stream().skip(1).allMatch(start -> start.toEpochMilli() % bucket.toMillis() == 0));
        }
        Points inEventTime = points.within(EVENT_TIME);
        assertThat(starts(inEventTime)).isEqualTo(naive.starts(range.within(EVENT_TIME)));
    }

    private static List<Instant> times(TimeRange range, List<Instant> starts, Random random) {
        List<Instant> times = new ArrayList<>(List.of(range.from(), range.from().minusMillis(1), range.to()));
        for (Instant start : starts) {
            times.add(start);
            times.add(start.minusMillis(1));
        }
        for (int i = 0; i < 20; i++) {
            times.add(range.from().plusMillis(random.nextLong(range.length().toMillis() + 1)));
        }
        Collections.shuffle(times, random);
        return times.subList(0, Math.min(40, times.size()));
    }
}
