package io.millrace.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.analytics.LogOfEvents;
import io.millrace.kit.problem.ProblemException;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.MultiValueMap;
import org.springframework.web.util.UriComponentsBuilder;

class QuestionParametersTest {
    private static final Tenant TENANT = new Tenant("shop");
    private static final String DAY = "from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z";

    private final QuestionParameters parameters = new QuestionParameters(
            new QuestionLimits(Duration.ofDays(365), 1_000, 3, 20, Duration.ofSeconds(1)), LogOfEvents.terms(1));

    private static MultiValueMap<String, String> query(String query) {
        return UriComponentsBuilder.fromUriString("/?" + query.replace("%2B", "+"))
                .build()
                .getQueryParams();
    }

    private String refusalOf(String query) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> parameters.timeseries(TENANT, query(query)));
        assertThat(refused.problem().status().value()).isEqualTo(400);
        assertThat(refused.problem().detail()).isNotBlank();
        return refused.problem().code();
    }

    @Test
    void readsThePositionToCover() {
        PositionVector position = new PositionVector(1, new TreeMap<>(Map.of(11, 7L)));
        assertThat(parameters.after(query("after=" + position.toToken()))).contains(position);
        assertThat(parameters.after(query("from=x"))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "%20", "AQEMBw", "AQIABw"})
    void refusesWhatIsNoPositionOfThisLog(String text) {
        assertThat(catchThrowableOfType(ProblemException.class, () -> parameters.after(query("after=" + text)))
                        .problem()
                        .code())
                .isEqualTo("after_invalid");
    }

    @Test
    void readsCounts() {
        assertThat(parameters.counts(
                        TENANT, query(DAY + "&event_type=b&event_type=a&event_type=b&group_by=event_type")))
                .isEqualTo(new Question.Counts(
                        TENANT,
                        new TimeRange(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-21T00:00:00Z")),
                        new TreeSet<>(Set.of("a", "b")),
                        GroupBy.EVENT_TYPE));
    }

    @ParameterizedTest
    @CsvSource({
        "interval=minute, MINUTE, UTC, ZERO",
        "interval=hour&fill=zero, HOUR, UTC, ZERO",
        "interval=day&timezone=UTC&fill=none, DAY, UTC, NONE",
        "interval=week&timezone=Europe/Berlin, WEEK, Europe/Berlin, ZERO",
        "interval=month&timezone=%2B05:30, MONTH, +05:30, ZERO",
    })
    void readsTimeseries(String wire, Interval interval, String zone, Fill fill) {
        TimeRange hour = new TimeRange(Instant.parse("2026-11-20T00:00:00Z"), Instant.parse("2026-11-20T01:00:00Z"));
        assertThat(parameters.timeseries(TENANT, query("from=" + hour.from() + "&to=" + hour.to() + "&" + wire)))
                .isEqualTo(new Question.Timeseries(
                        TENANT,
                        SpacedPoints.of(hour, interval, ZoneId.of(zone), 60).orElseThrow(),
                        Collections.emptySortedSet(),
                        GroupBy.EVENT_TYPE,
                        fill));
    }

    @ParameterizedTest
    @CsvSource({
        "parameter_unknown, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&eventtype=a",
        "parameter_unknown, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&tenant=other",
        "parameter_repeated, from=2026-11-20T00:00:00Z&from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day",
        "parameter_repeated, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&interval=hour",
        "from_missing, to=2026-11-21T00:00:00Z&interval=day",
        "from_invalid, from=yesterday&to=2026-11-21T00:00:00Z&interval=day",
        "from_invalid, from&to=2026-11-21T00:00:00Z&interval=day",
        "to_missing, from=2026-11-21T00:00:00Z&interval=day",
        "to_invalid, from=2026-11-20T00:00:00Z&to=&interval=day",
        "range_invalid, from=2026-11-20T00:00:00.001Z&to=2026-11-20T00:00:00Z&interval=day",
        "interval_missing, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z",
        "interval_invalid, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=HOUR",
        "timezone_invalid, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&timezone=Berlin",
        "timezone_invalid, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&timezone",
        "parameter_repeated, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&timezone=UTC&timezone=UTC",
        "fill_invalid, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&fill=ZERO",
        "fill_invalid, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&fill=",
        "fill_invalid, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&fill",
        "group_by_unsupported, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&group_by=user_id",
        "event_type_invalid, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&event_type=",
        "event_type_invalid, from=2026-11-20T00:00:00Z&to=2026-11-21T00:00:00Z&interval=day&event_type",
    })
    void refusesWithACodePerMistake(String code, String query) {
        assertThat(refusalOf(query)).isEqualTo(code);
    }

    @Test
    void countsHaveNoInterval() {
        ProblemException refused = catchThrowableOfType(
                ProblemException.class, () -> parameters.counts(TENANT, query(DAY + "&interval=day")));
        assertThat(refused.problem().code()).isEqualTo("parameter_unknown");
    }

    @ParameterizedTest
    @CsvSource({
        "'', EVENT_TYPE, NONE",
        "&group_by=none, NONE, NONE",
        "&group_by=event_type, EVENT_TYPE, NONE",
    })
    void readsUniquesOfTheWholeRange(String wire, GroupBy groupBy, Fill fill) {
        Question.Uniques question = (Question.Uniques) parameters.uniques(TENANT, query(DAY + wire));
        assertThat(question.points()).isEqualTo(new OnePoint(question.range()));
        assertThat(question.groupBy()).isEqualTo(groupBy);
        assertThat(question.fill()).isEqualTo(fill);
        assertThat(question.countsUsers()).isTrue();
    }

    @Test
    void readsUniquesPerInterval() {
        Question.Timeseries series = (Question.Timeseries)
                parameters.timeseries(TENANT, query(DAY + "&interval=hour&timezone=Europe/Berlin"));
        assertThat(parameters.uniques(TENANT, query(DAY + "&interval=hour&timezone=Europe/Berlin")))
                .isEqualTo(new Question.Uniques(
                        TENANT, series.points(), Collections.emptySortedSet(), GroupBy.EVENT_TYPE, Fill.ZERO));
        for (String alone : List.of("&timezone=UTC", "&fill=none")) {
            ProblemException refused =
                    catchThrowableOfType(ProblemException.class, () -> parameters.uniques(TENANT, query(DAY + alone)));
            assertThat(refused.problem().code()).isEqualTo("interval_missing");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'', EVENT_TYPE, COUNT, 10",
        "&group_by=user_id&limit=1, USER_ID, COUNT, 1",
        "&group_by=product_id&order_by=order_amount_sum&limit=20, PRODUCT_ID, ORDER_AMOUNT_SUM, 20",
        "&group_by=session_id&order_by=count&limit=07, SESSION_ID, COUNT, 7",
    })
    void readsTop(String wire, GroupBy groupBy, OrderBy orderBy, int limit) {
        Question.Top question = (Question.Top) parameters.top(TENANT, query(DAY + wire));
        assertThat(question.groupBy()).isEqualTo(groupBy);
        assertThat(question.ranking()).isEqualTo(new Question.Ranking(orderBy, limit));
        assertThat(question.points()).isEqualTo(new OnePoint(question.range()));
    }

    @ParameterizedTest
    @CsvSource({
        "limit_invalid, &limit=0",
        "limit_invalid, &limit=21",
        "limit_invalid, &limit=-1",
        "limit_invalid, &limit=1e1",
        "limit_invalid, &limit=9999999999",
        "limit_invalid, &limit=",
        "order_by_invalid, &order_by=size",
        "group_by_unsupported, &group_by=none",
        "group_by_unsupported, &group_by=tenant",
        "parameter_repeated, &limit=1&limit=2",
        "parameter_unknown, &interval=day",
    })
    void refusesOtherTops(String code, String wire) {
        ProblemException refused =
                catchThrowableOfType(ProblemException.class, () -> parameters.top(TENANT, query(DAY + wire)));
        assertThat(refused.problem().code()).isEqualTo(code);
    }

    @Test
    void whatIsNotCountedIsNoGroupOfCounts() {
        for (String groupBy : List.of("user_id", "product_id", "session_id", "EVENT_TYPE", "")) {
            ProblemException refused = catchThrowableOfType(
                    ProblemException.class, () -> parameters.counts(TENANT, query(DAY + "&group_by=" + groupBy)));
            assertThat(refused.problem().code()).isEqualTo("group_by_unsupported");
        }
    }

    @Test
    void emptyRangeIsAQuestion() {
        Question question = parameters.counts(TENANT, query("from=2026-11-20T00:00:00Z&to=2026-11-20T00:00:00Z"));
        assertThat(question.range().length()).isZero();
    }

    @Test
    void longestRangeIsAllowedAndOneMillisecondMoreIsNot() {
        assertThat(parameters.counts(TENANT, query("from=2001-01-01T00:00:00Z&to=2002-01-01T00:00:00Z")))
                .isNotNull();
        assertThat(refusalOf("from=2001-01-01T00:00:00Z&to=2002-01-01T00:00:00.001Z&interval=day"))
                .isEqualTo("range_too_long");
    }

    @Test
    void mostPointsAreAllowedAndOneMoreIsNot() {
        assertThat(parameters.timeseries(
                        TENANT, query("from=2026-11-20T00:00:00Z&to=2026-11-20T16:40:00Z&interval=minute")))
                .isNotNull();
        assertThat(refusalOf("from=2026-11-20T00:00:00Z&to=2026-11-20T16:40:00.001Z&interval=minute"))
                .isEqualTo("points_too_many");
    }

    @Test
    void mostTypesAreAllowedAndOneMoreIsNot() {
        String types = String.join("", Collections.nCopies(3, "&event_type=x"));
        assertThat(parameters.counts(TENANT, query(DAY + types)).eventTypes()).containsExactly("x");
        assertThat(refusalOf(DAY + "&interval=day&event_type=x" + types)).isEqualTo("event_types_too_many");
    }

    @Test
    void longestTypeIsAllowedAndOneCharacterMoreIsNot() {
        // Characters outside the basic plane are two units of a Java string and one character.
        String longest = "😀".repeat(128);
        assertThat(parameters
                        .counts(TENANT, query(DAY + "&event_type=" + longest))
                        .eventTypes())
                .containsExactly(longest);
        assertThat(refusalOf(DAY + "&interval=day&event_type=" + longest + "x")).isEqualTo("event_type_invalid");
    }
}
