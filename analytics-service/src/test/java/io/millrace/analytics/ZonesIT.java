package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.RunningService.Reply;
import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.NaivePoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.kit.access.Scope;
import io.millrace.localstack.LocalStack;
import io.millrace.log.Tenant;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Points in time zones, from the real tables, where clocks are changed and where they are not. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ZonesIT {
    private static final Instant RECEIVED = Instant.parse("2026-11-19T10:00:00Z");
    private static final Duration AROUND = Duration.ofDays(4);

    private final RunningService service = RunningService.start(LocalStack.shared(), Map.of());
    private final Tenant tenant = service.newTenant();
    private final String key = service.key(tenant, Scope.QUERY);
    private final List<StoredEvent> events = new ArrayList<>();

    @BeforeAll
    void storeEventsAroundChangesOfClocks() {
        long seed = Long.getLong("millrace.seed", 20011028L);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (String change : List.of(
                "1970-01-01T00:00:00Z",
                "1972-01-07T00:44:30Z",
                "2001-03-24T15:00:00Z",
                "2001-04-01T07:00:00Z",
                "2001-10-28T01:00:00Z",
                "2011-12-30T10:00:00Z",
                "2106-02-05T00:00:00Z")) {
            for (int i = 0; i < 500; i++) {
                events.add(random(random, Instant.parse(change)));
            }
        }
        new EventTables(LocalStack.shared()).insert(events);
    }

    private StoredEvent random(Random random, Instant change) {
        long away = random.nextLong(2 * AROUND.toMillis()) - AROUND.toMillis();
        long time = Math.clamp(
                change.toEpochMilli() + away,
                0,
                Instant.parse("2106-02-06T00:00:00Z").toEpochMilli());
        BigDecimal amount = random.nextBoolean() ? BigDecimal.valueOf(random.nextLong(1_000_000), 4) : null;
        return new StoredEvent(
                tenant,
                random.nextBoolean() ? "view" : "order",
                Instant.ofEpochMilli(time),
                RECEIVED,
                amount,
                1 + random.nextInt(3),
                6,
                500_000L + events.size());
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private void isRight(String from, String to, Interval interval, String zone) {
        Recount.Asked asked = new Recount.Asked(
                tenant,
                new TimeRange(Instant.parse(from), Instant.parse(to)),
                List.of(),
                new NaivePoints(interval, ZoneId.of(zone)),
                Duration.between(Instant.parse(from), Instant.parse(to)).toDays() < 100 ? Fill.ZERO : Fill.NONE);
        Reply reply = service.get(asked.path(), asked.query(), key);
        assertThat(reply.status()).as("%s", reply.body()).isEqualTo(200);
        assertThat(reply.body().path("timezone").asString()).isEqualTo(zone);
        assertThat(Recount.linesOf(reply.body()))
                .isNotEmpty()
                .as("%s of %s from %s to %s", interval, zone, from, to)
                .containsExactlyElementsOf(new Recount(events).lines(asked));
    }

    @ParameterizedTest
    @CsvSource({
        "UTC",
        "Europe/Berlin",
        "America/New_York",
        "America/St_Johns",
        "Asia/Kolkata",
        "Asia/Kathmandu",
        "Australia/Lord_Howe",
        "Pacific/Apia",
        "+05:30",
        "-12:00",
        "+18:00"
    })
    void pointsEqualARecountWhereverTheyAre(String zone) {
        for (Interval interval : List.of(Interval.HOUR, Interval.DAY, Interval.WEEK, Interval.MONTH)) {
            // Whole hours, whole minutes, neither: a table each.
            isRight("2001-03-20T00:00:00Z", "2001-04-06T00:00:00Z", interval, zone);
            isRight("2001-10-24T12:01:00Z", "2001-11-02T00:00:00Z", interval, zone);
            isRight("2001-10-24T12:01:00.007Z", "2001-10-31T00:00:00.123Z", interval, zone);
            isRight("2011-12-26T00:00:00Z", "2012-01-04T00:00:00Z", interval, zone);
        }
        isRight("2001-03-24T10:00:00Z", "2001-03-25T03:00:00Z", Interval.MINUTE, zone);
        isRight("2001-10-27T10:00:00Z", "2001-10-28T09:00:00Z", Interval.MINUTE, zone);
    }

    @ParameterizedTest
    @CsvSource({"MINUTE", "HOUR", "DAY", "WEEK", "MONTH"})
    void localMeanTimeIsToTheSecond(Interval interval) {
        isRight("1972-01-06T18:00:00Z", "1972-01-07T12:00:00Z", interval, "Africa/Monrovia");
        isRight("1972-01-06T18:00:00.500Z", "1972-01-08T00:00:00Z", interval, "Africa/Monrovia");
    }

    @ParameterizedTest
    @CsvSource({"UTC", "America/New_York", "Asia/Kolkata", "Africa/Monrovia"})
    void firstAndLastPointOfEventTimeCount(String zone) {
        for (Interval interval : List.of(Interval.DAY, Interval.WEEK, Interval.MONTH)) {
            isRight("1960-01-01T00:00:00Z", "1970-03-01T00:00:00Z", interval, zone);
            isRight("1970-01-01T00:00:00Z", "1970-01-02T00:00:00.001Z", interval, zone);
            isRight("2106-01-01T00:00:00Z", "2120-01-01T00:00:00Z", interval, zone);
            isRight("1965-01-01T00:00:00Z", "2014-12-01T00:00:00Z", interval, zone);
            isRight("2060-01-01T00:00:00Z", "2108-01-01T00:00:00Z", interval, zone);
        }
    }

    @Test
    void offsetOfNothingIsUtc() {
        Reply reply = service.get(
                "/v1/timeseries",
                "from=2001-10-24T00:00:00Z&to=2001-11-02T00:00:00Z&interval=day&timezone=-00:00",
                key);
        assertThat(reply.body().path("timezone").asString()).isEqualTo("UTC");
    }
}
