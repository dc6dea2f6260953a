package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.withinPercentage;

import io.millrace.analytics.RunningService.Reply;
import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.NaivePoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.event.EventLimits;
import io.millrace.kit.access.Scope;
import io.millrace.localstack.LocalStack;
import io.millrace.log.Tenant;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** Right answers, from the real tables, over HTTP, with real keys. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AnswersIT {
    private static final List<String> TYPES =
            List.of("page_view", "order", "it's a \\ \"type\"", "übung", "z", "refund");
    private static final Instant FIRST = Instant.parse("2001-01-30T00:00:00Z");
    private static final Duration SPAN = Duration.ofDays(4);
    private static final Instant RECEIVED = Instant.parse("2026-11-19T23:59:00Z");

    private final LocalStack stack = LocalStack.shared();
    private final RunningService service = RunningService.start(stack, Map.of());
    private final EventTables tables = new EventTables(stack);
    private final List<Tenant> tenants = List.of(service.newTenant(), service.newTenant());
    private final List<StoredEvent> events = new ArrayList<>();

    @BeforeAll
    void storeEventsOf2001() {
        long seed = Long.getLong("millrace.seed", 20010130L);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int block = 0; block < 6; block++) {
            List<StoredEvent> rows = new ArrayList<>();
            // Blocks are of one partition and one day of receipt; the third and later ones are of the next day.
            for (int i = 0; i < 1_500; i++) {
                rows.add(random(random, block % 3, block * 1_500L + i, RECEIVED.plusSeconds(block * 30L)));
            }
            tables.insert(rows);
            events.addAll(rows);
        }
    }

    private StoredEvent random(Random random, int partition, long offset, Instant receivedAt) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        BigDecimal amount = switch (type) {
            case "order" -> BigDecimal.valueOf(random.nextLong(1_000_000_000_000L), 6);
            case "refund" -> BigDecimal.valueOf(-random.nextLong(1_000_000), random.nextInt(7));
            case "z" -> random.nextBoolean() ? BigDecimal.ZERO : null;
            default -> null;
        };
        return new StoredEvent(
                tenants.get(random.nextInt(tenants.size())),
                type,
                FIRST.plusMillis(random.nextLong(SPAN.toMillis())),
                receivedAt,
                amount,
                random.nextInt(10) == 0 ? 1 + random.nextInt(1_000) : 1,
                partition,
                offset,
                random.nextInt(4) == 0 ? "" : "u" + random.nextInt(70),
                random.nextInt(4) == 0 ? "" : "p" + random.nextInt(30));
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private Reply ask(Tenant tenant, String path, String query) {
        return service.get(path, query, service.key(tenant, Scope.QUERY));
    }

    private void isRight(Tenant tenant, Instant from, Instant to, List<String> types, @Nullable Interval interval) {
        NaivePoints points = interval == null ? null : new NaivePoints(interval, ZoneId.of("UTC"));
        // Of fifty years of days that are filled in there are too many.
        Fill fill = Duration.between(from, to).toDays() < 1_000 ? Fill.ZERO : Fill.NONE;
        TimeRange range = new TimeRange(from, to);
        isRight(tenant, new Recount.Asked(tenant, range, types, points, fill));
        isRight(tenant, new Recount.Asked(tenant, range, types, points, fill, false, false));
        isRight(tenant, new Recount.Asked(tenant, range, types, points, fill, true, true));
        isRight(tenant, new Recount.Asked(tenant, range, types, points, fill, false, true));
    }

    private void isRight(Tenant tenant, Recount.Asked asked) {
        Reply reply = ask(tenant, asked.path(), asked.query());
        assertThat(reply.status()).isEqualTo(200);
        assertThat(Recount.linesOf(reply.body())).containsExactlyElementsOf(new Recount(events).lines(asked));
        assertThat(Recount.reasonsOf(reply.body())).isEqualTo(new Recount(events).reasons(asked));
    }

    @ParameterizedTest
    @CsvSource({
        "2001-01-30T00:00:00Z, 2001-02-03T00:00:00Z",
        "2001-01-01T00:00:00Z, 2050-01-01T00:00:00Z",
        "2001-01-31T05:00:00Z, 2001-02-01T17:00:00Z",
        "2001-01-31T05:07:00Z, 2001-02-01T17:31:00Z",
        "2001-01-31T05:07:11.123Z, 2001-02-01T17:31:59.999Z",
        "2001-01-31T05:07:11.123Z, 2001-01-31T05:07:11.124Z",
    })
    void everyRangeEqualsARecount(Instant from, Instant to) {
        for (Tenant tenant : tenants) {
            isRight(tenant, from, to, List.of(), null);
            isRight(tenant, from, to, List.of(), Interval.DAY);
            isRight(tenant, from, to, List.of(), Interval.WEEK);
            isRight(tenant, from, to, List.of(), Interval.MONTH);
            isRight(tenant, from, to, List.of("it's a \\ \"type\"", "refund", "no such type"), null);
            if (Duration.between(from, to).toDays() < 30) {
                isRight(tenant, from, to, List.of(), Interval.HOUR);
                isRight(tenant, from, to, List.of("order", "übung"), Interval.MINUTE);
            }
        }
    }

    private static final Map<String, Function<StoredEvent, String>> RANKED =
            Map.of("event_type", StoredEvent::type, "user_id", StoredEvent::user, "product_id", StoredEvent::product);

    @ParameterizedTest
    @CsvSource({
        "2001-01-30T00:00:00Z, 2001-02-03T00:00:00Z, 1",
        "2001-01-31T05:07:11.123Z, 2001-02-01T17:31:59.999Z, 5",
        "2001-01-31T05:00:00Z, 2001-01-31T06:00:00Z, 1000",
        "2001-01-31T05:00:00Z, 2001-01-31T05:00:00Z, 3",
    })
    void largestGroupsEqualARecount(Instant from, Instant to, int limit) {
        RANKED.forEach((groupBy, member) -> {
            for (boolean byAmount : new boolean[] {false, true}) {
                for (List<String> types : List.of(List.<String>of(), List.of("order", "refund"))) {
                    Tenant tenant = tenants.getFirst();
                    Recount.Asked asked = new Recount.Asked(tenant, new TimeRange(from, to), types, null, Fill.NONE);
                    String query = asked.query() + "&group_by=" + groupBy + "&limit=" + limit
                            + (byAmount ? "&order_by=order_amount_sum" : "");
                    JsonNode answer = ask(tenant, "/v1/top", query).body();
                    assertThat(Recount.topOf(answer))
                            .as(query)
                            .containsExactlyElementsOf(new Recount(events).top(asked, member, byAmount, limit));
                    assertThat(Recount.reasonsOf(answer)).isEqualTo(new Recount(events).reasons(asked, member));
                }
            }
        });
    }

    @Test
    void whatTailsDoNotKnowIsStoredOnly() {
        String range = "from=2001-01-30T00:00:00Z&to=2001-02-03T00:00:00Z&group_by=";
        JsonNode users = ask(tenants.getFirst(), "/v1/top", range + "user_id").body();
        assertThat(users.at("/meta/not_live/stored_only")).hasSize(12);
        assertThat(users.at("/meta/sources").toString()).isEqualTo("[\"history\"]");
        JsonNode types =
                ask(tenants.getFirst(), "/v1/top", range + "event_type").body();
        assertThat(types.at("/meta/not_live/stored_only").isMissingNode()).isTrue();
    }

    @Test
    void manyUsersAreEstimatedWithinTheBound() {
        Tenant tenant = service.newTenant();
        int users = 150_000;
        tables.execute("""
                INSERT INTO events_in
                SELECT '%s', generateUUIDv4(), '', if(number %% 3 = 0, 'few', 'many'),
                    toDateTime64('2001-02-03 04:00:00', 3, 'UTC') + number %% 3600, toDateTime64('2026-11-19 10:00:00', 3, 'UTC'),
                    concat('user-', toString(if(number %% 3 = 0, number %% 90, number))), '', '', NULL, map(), 1, 1, 6, number
                FROM numbers(%d)""".formatted(tenant.name(), users));
        // From each of the three tables: what is asked for is the same.
        for (String to : List.of("05:00:00Z", "05:01:00Z", "05:00:00.001Z")) {
            String range = "from=2001-02-03T04:00:00Z&to=2001-02-03T" + to;
            JsonNode answer = ask(tenant, "/v1/uniques", range).body();
            assertThat(answer.at("/meta/exact").asBoolean()).isFalse();
            assertThat(answer.at("/meta/reasons").toString()).isEqualTo("[\"approximate\"]");
            JsonNode few = answer.at("/groups/0");
            assertThat(few.path("users").asLong()).isEqualTo(30);
            assertThat(few.has("users_error_max")).isFalse();
            JsonNode many = answer.at("/groups/1");
            assertThat(many.path("count").asLong()).isEqualTo(100_000);
            assertThat(many.path("users").asDouble()).isCloseTo(100_000, withinPercentage(1.5));
            assertThat(many.path("users_error_max").asDouble()).isEqualTo(0.015);
            JsonNode all = ask(tenant, "/v1/uniques", range + "&group_by=none").body();
            assertThat(all.at("/groups/0/users").asDouble()).isCloseTo(100_030, withinPercentage(1.5));
            assertThat(all.at("/groups/0").has("event_type")).isFalse();
        }
    }

    @Test
    void gapsAreFilledOrLeftOut() {
        String range = "from=2001-01-29T12:00:00Z&to=2001-01-30T12:00:00Z&interval=day&event_type=z";
        List<String> filled = ofFirst("/v1/timeseries", range + "&event_type=none");
        assertThat(filled).hasSize(4).contains("none 2001-01-29T00:00:00Z 0", "none 2001-01-30T00:00:00Z 0");
        assertThat(filled.get(2)).isEqualTo("z 2001-01-29T00:00:00Z 0");
        assertThat(filled.get(3)).startsWith("z 2001-01-30T00:00:00Z ");
        assertThat(ofFirst("/v1/timeseries", range + "&event_type=none&fill=zero"))
                .isEqualTo(filled);
        assertThat(ofFirst("/v1/timeseries", range + "&event_type=none&fill=none"))
                .containsExactly(filled.get(3));
        // Types that nobody named and that have no events have no series, and counts have no gaps.
        assertThat(ofFirst("/v1/timeseries", "from=2001-01-29T12:00:00Z&to=2001-01-29T13:00:00Z&interval=hour"))
                .isEmpty();
        assertThat(ofFirst("/v1/counts", "from=2001-01-29T12:00:00Z&to=2001-01-29T13:00:00Z&event_type=z"))
                .isEmpty();
    }

    private List<String> ofFirst(String path, String query) {
        return Recount.linesOf(ask(tenants.getFirst(), path, query).body());
    }

    @Test
    void seriesOfAnEmptyRangeAreEmpty() {
        String empty = "from=2001-01-30T00:00:00Z&to=2001-01-30T00:00:00Z&interval=day&event_type=z";
        JsonNode filled = ask(tenants.getFirst(), "/v1/timeseries", empty).body();
        assertThat(filled.path("series").toString()).isEqualTo("[{\"event_type\":\"z\",\"points\":[]}]");
        JsonNode sparse =
                ask(tenants.getFirst(), "/v1/timeseries", empty + "&fill=none").body();
        assertThat(sparse.path("series")).isEmpty();
    }

    @Test
    void everyEventLiesInExactlyOneOfTwoAdjacentRanges() {
        for (StoredEvent event : events.subList(0, 20)) {
            isRight(event.tenant(), FIRST, event.timestamp(), List.of(), null);
            isRight(event.tenant(), event.timestamp(), FIRST.plus(SPAN), List.of(), null);
        }
    }

    @Test
    void emptyRangeHasNoGroups() {
        isRight(tenants.getFirst(), FIRST, FIRST, List.of(), null);
        isRight(tenants.getFirst(), FIRST, FIRST, List.of(), Interval.HOUR);
        isRight(tenants.getFirst(), FIRST.minus(SPAN), FIRST, List.of(), null);
        assertThat(Recount.linesOf(ask(tenants.getFirst(), "/v1/counts", "from=" + FIRST + "&to=" + FIRST)
                        .body()))
                .isEmpty();
    }

    @Test
    void tenantSeesItsOwnEventsOnly() {
        Reply reply = ask(service.newTenant(), "/v1/counts", "from=2001-01-01T00:00:00Z&to=2050-01-01T00:00:00Z");
        assertThat(reply.status()).isEqualTo(200);
        assertThat(reply.body().path("groups")).isEmpty();
    }

    @Test
    void amountsBeyond64BitsAddUpExactly() {
        Tenant tenant = service.newTenant();
        BigDecimal largest = new BigDecimal("999999999999.999999");
        List<StoredEvent> rows = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            rows.add(new StoredEvent(
                    tenant, "big", FIRST.plusSeconds(i), RECEIVED, largest, 1_000_000, 3, 100_000L + i));
            rows.add(new StoredEvent(
                    tenant,
                    "even",
                    FIRST.plusSeconds(i),
                    RECEIVED,
                    i % 2 == 0 ? largest : largest.negate(),
                    7,
                    3,
                    200_000L + i));
        }
        rows.add(new StoredEvent(tenant, "even", FIRST, RECEIVED, new BigDecimal("-0.000001"), 1, 3, 300_000));
        tables.insert(rows);
        for (String to : List.of("2001-02-01T00:00:00Z", "2001-02-01T00:01:00Z", "2001-02-01T00:00:00.001Z")) {
            Reply reply = ask(tenant, "/v1/counts", "from=2001-01-01T00:00:00Z&to=" + to);
            assertThat(Recount.linesOf(reply.body()))
                    .containsExactly(
                            "big  300000000 299999999999999999700 999999999999.999999"
                                    + " 999999999999.999999 999999999999.999999",
                            "even  2101 -0.000001 0 -999999999999.999999 999999999999.999999");
        }
    }

    @Test
    void sampledEventsCountForTheOthersAndTheAnswerSaysSo() {
        Tenant tenant = service.newTenant();
        tables.insert(List.of(
                new StoredEvent(tenant, "all", FIRST, RECEIVED, BigDecimal.TWO, 1, 4, 500_001, "u1", "p"),
                new StoredEvent(tenant, "some", FIRST, RECEIVED, BigDecimal.TWO, 10, 4, 500_002, "u2", ""),
                new StoredEvent(tenant, "some", FIRST, RECEIVED, null, 10, 4, 500_003, "u3", "")));
        // From each of the three tables.
        for (String to : List.of("2001-02-01T00:00:00Z", "2001-02-01T00:01:00Z", "2001-02-01T00:00:00.001Z")) {
            String range = "from=2001-01-01T00:00:00Z&to=" + to;
            JsonNode counts = ask(tenant, "/v1/counts", range).body();
            assertThat(Recount.linesOf(counts)).containsExactly("all  1 2 2 2 2", "some  20 20 2 2 2");
            assertThat(Recount.reasonsOf(counts)).containsExactly("sampled");
            for (String about : List.of(
                    "/v1/counts?group_by=none",
                    "/v1/uniques?",
                    "/v1/timeseries?interval=month",
                    "/v1/top?group_by=event_type&limit=1",
                    "/v1/top?group_by=user_id&limit=1")) {
                String path = about.substring(0, about.indexOf('?'));
                String query = range + "&" + about.substring(path.length() + 1);
                assertThat(Recount.reasonsOf(ask(tenant, path, query).body()))
                        .as(about)
                        .containsExactly("sampled");
            }
            assertThat(Recount.reasonsOf(
                            ask(tenant, "/v1/counts", range + "&event_type=all").body()))
                    .isEmpty();
            assertThat(Recount.reasonsOf(ask(tenant, "/v1/top", range + "&group_by=product_id")
                            .body()))
                    .isEmpty();
        }
    }

    @Test
    void firstAndLastMomentOfEventTimeCount() {
        Tenant tenant = service.newTenant();
        tables.insert(List.of(
                new StoredEvent(tenant, "first", EventLimits.TIMESTAMP_MIN, RECEIVED, null, 1, 4, 1),
                new StoredEvent(tenant, "last", EventLimits.TIMESTAMP_MAX, RECEIVED, null, 1, 4, 2)));
        assertThat(lines(tenant, "1960-01-01T00:00:00Z", "2000-01-01T00:00:00Z"))
                .containsExactly("first  1");
        assertThat(lines(tenant, "1960-01-01T00:00:00.500Z", "2000-01-01T00:00:00Z"))
                .containsExactly("first  1");
        assertThat(lines(tenant, "2090-01-01T00:00:00Z", "2130-01-01T00:00:00Z"))
                .containsExactly("last  1");
        assertThat(lines(tenant, "2090-01-01T00:00:00Z", "2130-01-01T00:00:00.001Z"))
                .containsExactly("last  1");
        assertThat(lines(tenant, "2090-01-01T00:00:00Z", "2106-02-06T00:00:00Z"))
                .isEmpty();
        assertThat(lines(tenant, "1900-01-01T00:00:00Z", "1950-01-01T00:00:00Z"))
                .isEmpty();
        assertThat(lines(tenant, "2107-01-01T00:00:00Z", "2150-01-01T00:00:00Z"))
                .isEmpty();
    }

    private List<String> lines(Tenant tenant, String from, String to) {
        return Recount.linesOf(
                ask(tenant, "/v1/counts", "from=" + from + "&to=" + to).body());
    }

    @Test
    void offsetsInTheUrlAreUnderstood() {
        String utc = "from=2001-01-31T00:00:00Z&to=2001-02-01T00:00:00Z";
        String berlin = "from=2001-01-31T01:00:00%2B01:00&to=2001-02-01T01:00:00%2B01:00";
        assertThat(ask(tenants.getFirst(), "/v1/counts", berlin).body().path("groups"))
                .isEqualTo(ask(tenants.getFirst(), "/v1/counts", utc).body().path("groups"));
        // The plus that was not encoded arrives as a space.
        assertThat(ask(tenants.getFirst(), "/v1/counts", "from=2001-01-31T01:00:00+01:00&to=2001-02-01T00:00:00Z")
                        .code())
                .isEqualTo("from_invalid");
    }

    @Test
    void typesBeyondOneUrlLineAreAllowedUpToTheLimit() {
        String hundred = String.join("", Collections.nCopies(100, "&event_type=order"));
        String range = "from=2001-01-30T00:00:00Z&to=2001-02-03T00:00:00Z";
        assertThat(ask(tenants.getFirst(), "/v1/counts", range + hundred).status())
                .isEqualTo(200);
        assertThat(ask(tenants.getFirst(), "/v1/counts", range + hundred + "&event_type=z")
                        .code())
                .isEqualTo("event_types_too_many");
    }
}
