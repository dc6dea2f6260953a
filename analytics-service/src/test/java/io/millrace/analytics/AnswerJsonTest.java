package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.seam.Joined;
import io.millrace.analytics.seam.NotLive;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.kit.openapi.OpenApi;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class AnswerJsonTest {
    private static final TimeRange RANGE =
            new TimeRange(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2001-01-01T02:00:00.500Z"));
    private static final Question COUNTS =
            new Question.Counts(new Tenant("shop"), RANGE, Collections.emptySortedSet(), GroupBy.EVENT_TYPE);
    private static final Question HOURS = new Question.Timeseries(
            new Tenant("shop"),
            SpacedPoints.of(RANGE, Interval.HOUR, ZoneOffset.ofHours(1), 3).orElseThrow(),
            Collections.emptySortedSet(),
            GroupBy.EVENT_TYPE,
            Fill.ZERO);
    private static final PositionVector POSITION = new PositionVector(1, new TreeMap<>(Map.of(0, 12L, 3, 400L)));

    private static final Instant COMPLETE_TO = Instant.parse("2026-11-20T10:00:00.123Z");

    private static String json(Question question, List<Inexactness> reasons, Total... totals) {
        Joined joined = new Joined(List.of(totals), POSITION, COMPLETE_TO, new TreeMap<>(), true);
        return json(new Answer(question, joined, null, reasons));
    }

    private static String json(Answer answer) {
        return new String(AnswerJson.write(answer).bytes(), StandardCharsets.UTF_8);
    }

    private static Measures amounts(long events, long amountEvents, String sum, long min, long max) {
        return new Measures(events, amountEvents, new BigInteger(sum), min, max);
    }

    private static void isDocumented(Endpoint endpoint, String json) {
        assertThat(OpenApi.packaged().faults(endpoint.path(), "get", 200, "application/json", json))
                .isEmpty();
    }

    @Test
    void countsAsDocumented() {
        String json = json(
                COUNTS,
                List.of(),
                new Total("a \"quoted\" ü", 0, Measures.withoutAmounts(3)),
                new Total("b", 0, amounts(Long.MAX_VALUE, 3, "-12500000", -13_500_000, 1_000_000)),
                new Total("c", 0, amounts(1, 1, "0", 0, 0)));
        isDocumented(Endpoint.COUNTS, json);
        assertThat(json)
                .isEqualTo("{\"from\":\"2001-01-01T00:00:00Z\",\"to\":\"2001-01-01T02:00:00.500Z\",\"groups\":["
                        + "{\"event_type\":\"a \\\"quoted\\\" ü\",\"count\":3},"
                        + "{\"event_type\":\"b\",\"count\":9223372036854775807,\"order_amount_sum\":\"-12.5\","
                        + "\"order_amount_avg\":\"-4.166667\",\"order_amount_min\":\"-13.5\",\"order_amount_max\":\"1\"},"
                        + "{\"event_type\":\"c\",\"count\":1,\"order_amount_sum\":\"0\","
                        + "\"order_amount_avg\":\"0\",\"order_amount_min\":\"0\",\"order_amount_max\":\"0\"}],"
                        + "\"meta\":{\"exact\":true,\"reasons\":[],"
                        + "\"position\":\"AQEADAOQAw\","
                        + "\"sources\":[\"history\",\"live\"],\"complete_to\":\"2026-11-20T10:00:00.123Z\"}}");
    }

    @Test
    void timeseriesAsDocumented() {
        String json = json(
                HOURS,
                List.of(Inexactness.STORAGE_CHANGING, Inexactness.EXPIRED),
                new Total("a", 978_307_200, Measures.withoutAmounts(1)),
                new Total("a", 978_310_800, amounts(2, 1, "1" + "0".repeat(26), 7, 20)),
                new Total("b", 978_310_800, amounts(3, 2, "1", 0, 1)));
        isDocumented(Endpoint.TIMESERIES, json);
        assertThat(json)
                .isEqualTo("{\"from\":\"2001-01-01T00:00:00Z\",\"to\":\"2001-01-01T02:00:00.500Z\","
                        + "\"interval\":\"hour\",\"timezone\":\"+01:00\",\"series\":["
                        + "{\"event_type\":\"a\",\"points\":[{\"start\":\"2001-01-01T00:00:00Z\",\"count\":1},"
                        + "{\"start\":\"2001-01-01T01:00:00Z\",\"count\":2,"
                        + "\"order_amount_sum\":\"100000000000000000000\",\"order_amount_avg\":\"100000000000000000000\","
                        + "\"order_amount_min\":\"0.000007\",\"order_amount_max\":\"0.00002\"},"
                        + "{\"start\":\"2001-01-01T02:00:00Z\",\"count\":0}]},"
                        + "{\"event_type\":\"b\",\"points\":[{\"start\":\"2001-01-01T00:00:00Z\",\"count\":0},"
                        + "{\"start\":\"2001-01-01T01:00:00Z\",\"count\":3,"
                        + "\"order_amount_sum\":\"0.000001\",\"order_amount_avg\":\"0\","
                        + "\"order_amount_min\":\"0\",\"order_amount_max\":\"0.000001\"},"
                        + "{\"start\":\"2001-01-01T02:00:00Z\",\"count\":0}]}],"
                        + "\"meta\":{\"exact\":false,\"reasons\":[\"storage_changing\",\"expired\"],"
                        + "\"position\":\"AQEADAOQAw\","
                        + "\"sources\":[\"history\",\"live\"],\"complete_to\":\"2026-11-20T10:00:00.123Z\"}}");
    }

    @Test
    void answersWithoutGroupsAreEmptyLists() {
        isDocumented(Endpoint.COUNTS, json(COUNTS, List.of()));
        assertThat(json(COUNTS, List.of())).contains("\"groups\":[]", "\"exact\":true", "\"reasons\":[]");
        isDocumented(Endpoint.TIMESERIES, json(HOURS, List.of()));
        assertThat(json(HOURS, List.of())).contains("\"series\":[]");
    }

    @Test
    void saysWhichPartitionsAreNotLive() {
        Joined joined = new Joined(
                List.of(),
                POSITION,
                Instant.EPOCH,
                new TreeMap<>(Map.of(NotLive.TAIL_SHORT, List.of(3), NotLive.PARTITION_MISSING, List.of(0, 11))),
                false);
        String json = json(new Answer(COUNTS, joined, null, List.of()));
        isDocumented(Endpoint.COUNTS, json);
        assertThat(json)
                .endsWith("\"sources\":[\"history\"],"
                        + "\"not_live\":{\"partition_missing\":[0,11],\"tail_short\":[3]},\"complete_to\":null}}");
    }

    @Test
    void tagIsOfTheContentAndNotOfTheTime() {
        assertThat(tag(3, POSITION, COMPLETE_TO)).matches("W/\"[A-Za-z0-9_-]{20}\"");
        assertThat(tag(3, POSITION, COMPLETE_TO.plusSeconds(1))).isEqualTo(tag(3, POSITION, COMPLETE_TO));
        assertThat(tag(4, POSITION, COMPLETE_TO)).isNotEqualTo(tag(3, POSITION, COMPLETE_TO));
        assertThat(tag(3, new PositionVector(1, new TreeMap<>(Map.of(0, 13L, 3, 400L))), COMPLETE_TO))
                .isNotEqualTo(tag(3, POSITION, COMPLETE_TO));
    }

    private static String tag(long events, PositionVector position, Instant completeTo) {
        List<Total> totals = List.of(new Total("a", 0, Measures.withoutAmounts(events)));
        return AnswerJson.write(new Answer(
                        COUNTS, new Joined(totals, position, completeTo, new TreeMap<>(), true), null, List.of()))
                .etag();
    }

    @Test
    void whatIsNotLiveIsNamedInTheApiDocument() {
        List<String> documented = new java.util.ArrayList<>();
        OpenApi.packaged()
                .document()
                .at("/components/schemas/Meta/properties/not_live/propertyNames/enum")
                .forEach(reason -> documented.add(reason.asString()));
        assertThat(documented)
                .containsExactlyElementsOf(java.util.Arrays.stream(NotLive.values())
                        .map(NotLive::wire)
                        .toList());
    }

    @Test
    void reasonsAreThoseOfTheApiDocument() {
        List<String> documented = new java.util.ArrayList<>();
        OpenApi.packaged()
                .document()
                .at("/components/schemas/Meta/properties/reasons/items/enum")
                .forEach(reason -> documented.add(reason.asString()));
        assertThat(documented)
                .containsExactlyElementsOf(java.util.Arrays.stream(Inexactness.values())
                        .map(Inexactness::wire)
                        .toList());
    }
}
