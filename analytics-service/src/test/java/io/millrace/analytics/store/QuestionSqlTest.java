package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.OnePoint;
import io.millrace.analytics.question.OrderBy;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.kit.installation.UniqueHashKeys;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the whole text of every SELECT against a file of {@code src/test/resources/sql}. */
class QuestionSqlTest {
    private static final Path GOLDEN = Path.of("src/test/resources/sql");
    private static final Tenant TENANT = new Tenant("shop");
    private static final TimeRange RANGE =
            new TimeRange(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2001-02-01T00:00:00Z"));
    private static final SortedSet<String> ALL = Collections.emptySortedSet();
    private static final SortedSet<String> SOME = new TreeSet<>(Set.of("view", "'; DROP TABLE events --"));

    private static final UniqueHashKeys KEYS = new UniqueHashKeys(1, -1);

    private static final SpacedPoints DAYS = points(RANGE, Interval.DAY, "UTC");
    private static final SpacedPoints MONTHS = points(
            new TimeRange(Instant.parse("2001-01-20T00:00:00Z"), Instant.parse("2001-05-01T00:00:00Z")),
            Interval.MONTH,
            "Europe/Berlin");

    private static SpacedPoints points(TimeRange range, Interval interval, String zone) {
        return SpacedPoints.of(range, interval, ZoneId.of(zone), 1_000_000).orElseThrow();
    }

    record Case(String name, Question question, StoredTable table) {
        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (StoredTable table : StoredTable.values()) {
            String of = table.name().toLowerCase(Locale.ROOT);
            cases.add(new Case("counts-" + of, new Question.Counts(TENANT, RANGE, ALL, GroupBy.EVENT_TYPE), table));
            cases.add(new Case(
                    "counts-some-types-" + of, new Question.Counts(TENANT, RANGE, SOME, GroupBy.EVENT_TYPE), table));
            cases.add(new Case(
                    "timeseries-even-" + of,
                    new Question.Timeseries(TENANT, DAYS, ALL, GroupBy.EVENT_TYPE, Fill.ZERO),
                    table));
            cases.add(new Case(
                    "timeseries-uneven-" + of,
                    new Question.Timeseries(TENANT, MONTHS, ALL, GroupBy.EVENT_TYPE, Fill.NONE),
                    table));
            cases.add(new Case("counts-ungrouped-" + of, new Question.Counts(TENANT, RANGE, ALL, GroupBy.NONE), table));
            cases.add(new Case(
                    "uniques-" + of,
                    new Question.Uniques(TENANT, new OnePoint(RANGE), ALL, GroupBy.EVENT_TYPE, Fill.NONE),
                    table));
            cases.add(new Case(
                    "uniques-ungrouped-even-" + of,
                    new Question.Uniques(TENANT, DAYS, ALL, GroupBy.NONE, Fill.ZERO),
                    table));
        }
        cases.add(new Case("top-users", top(GroupBy.USER_ID, OrderBy.COUNT, SOME), StoredTable.EVENTS));
        cases.add(new Case("top-products", top(GroupBy.PRODUCT_ID, OrderBy.ORDER_AMOUNT_SUM, ALL), StoredTable.EVENTS));
        cases.add(new Case("top-types", top(GroupBy.EVENT_TYPE, OrderBy.COUNT, ALL), StoredTable.HOURS));
        return cases.stream();
    }

    private static Question top(GroupBy groupBy, OrderBy orderBy, SortedSet<String> types) {
        return new Question.Top(TENANT, RANGE, types, groupBy, new Question.Ranking(orderBy, 7));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void wholeTextIsAsReviewed(Case asked) throws IOException {
        assertThat(QuestionSql.of(asked.question(), asked.table(), KEYS).text())
                .isEqualTo(Files.readString(GOLDEN.resolve(asked.name() + ".sql")));
    }

    @Test
    void everyReviewedTextIsInUse() throws IOException {
        try (Stream<Path> files = Files.list(GOLDEN)) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .containsExactlyInAnyOrderElementsOf(
                            cases().map(asked -> asked.name() + ".sql").toList());
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void nothingOfTheCallersIsInTheText(Case asked) {
        assertThat(QuestionSql.of(asked.question(), asked.table(), KEYS).text())
                .doesNotContain(
                        "shop",
                        "DROP",
                        "view",
                        "2001",
                        Long.toString(RANGE.from().getEpochSecond()));
    }

    @Test
    void boundsAreSecondsForViewsAndMillisecondsForEvents() {
        Question question = new Question.Counts(TENANT, RANGE, SOME, GroupBy.EVENT_TYPE);
        assertThat(QuestionSql.of(question, StoredTable.HOURS, KEYS).parameters())
                .isEqualTo(Map.of(
                        "tenant", "shop", "from", 978_307_200L, "to", 980_985_600L, "event_types", List.copyOf(SOME)));
        assertThat(QuestionSql.of(question, StoredTable.EVENTS, KEYS).parameters())
                .containsEntry("from", 978_307_200_000L)
                .containsEntry("to", 980_985_600_000L);
    }

    @Test
    void whereUsersAreHashedTheKeysAreParameters() {
        Question users = new Question.Uniques(TENANT, new OnePoint(RANGE), ALL, GroupBy.NONE, Fill.NONE);
        assertThat(QuestionSql.of(users, StoredTable.EVENTS, KEYS).parameters())
                .containsEntry("hash_key0", "1")
                .containsEntry("hash_key1", "18446744073709551615");
        assertThat(QuestionSql.of(users, StoredTable.HOURS, KEYS).parameters()).doesNotContainKey("hash_key0");
    }

    @Test
    void evenPointsAreTheirFirstAndTheirWidth() {
        assertThat(parameters(DAYS)).containsEntry("first_start", 978_307_200L).containsEntry("width", 86_400L);
    }

    @Test
    void unevenPointsAreRunsOfEvenOnes() {
        // January has 31 days, and so February follows as evenly as can be.
        assertThat(parameters(MONTHS))
                .containsEntry("run_starts", List.of(978_303_600L, 983_401_200L, 986_076_000L, 988_668_000L))
                .containsEntry("run_points", List.of(2L, 1L, 1L, 1L))
                .containsEntry("width", 31 * 86_400L);
        SpacedPoints days = points(MONTHS.range(), Interval.DAY, "Europe/Berlin");
        // Until the day of 23 hours, and from the next.
        assertThat(parameters(days))
                .containsEntry("run_starts", List.of(979_945_200L, 985_557_600L))
                .containsEntry("run_points", List.of(65L, 37L))
                .containsEntry("width", 86_400L);
    }

    @Test
    void pointsOutsideOfEventTimeAreNotSent() {
        TimeRange ever = new TimeRange(Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));
        Map<String, Object> parameters = parameters(points(ever, Interval.WEEK, "UTC"));
        assertThat(parameters)
                .containsEntry(
                        "first_start", Instant.parse("1969-12-29T00:00:00Z").getEpochSecond());
        assertThat((List<?>) parameters(points(ever, Interval.MONTH, "Europe/Berlin"))
                        .get("run_starts"))
                .hasSizeLessThan(137 * 12);
    }

    private static Map<String, Object> parameters(SpacedPoints points) {
        return QuestionSql.of(
                        new Question.Timeseries(TENANT, points, ALL, GroupBy.EVENT_TYPE, Fill.ZERO),
                        StoredTable.HOURS,
                        KEYS)
                .parameters();
    }

    @Test
    void boundsStayWithinWhatClickHouseCanHold() {
        TimeRange ever = new TimeRange(Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(QuestionSql.of(new Question.Counts(TENANT, ever, ALL, GroupBy.EVENT_TYPE), StoredTable.HOURS, KEYS)
                        .parameters())
                .containsEntry("from", 0L)
                .containsEntry("to", Instant.parse("2106-02-07T00:00:00Z").getEpochSecond());
    }
}
