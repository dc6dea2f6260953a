package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.TimeRange;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
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
            cases.add(new Case("counts-" + of, new Question.Counts(TENANT, RANGE, ALL), table));
            cases.add(new Case("counts-some-types-" + of, new Question.Counts(TENANT, RANGE, SOME), table));
            for (Interval interval : Interval.values()) {
                if (table != StoredTable.HOURS || interval != Interval.MINUTE) {
                    cases.add(new Case(
                            "timeseries-" + interval.wire() + "-" + of,
                            new Question.Timeseries(TENANT, RANGE, ALL, interval),
                            table));
                }
            }
        }
        return cases.stream();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void wholeTextIsAsReviewed(Case asked) throws IOException {
        assertThat(QuestionSql.of(asked.question(), asked.table()).text())
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
        assertThat(QuestionSql.of(asked.question(), asked.table()).text())
                .doesNotContain(
                        "shop",
                        "DROP",
                        "view",
                        "2001",
                        Long.toString(RANGE.from().getEpochSecond()));
    }

    @Test
    void boundsAreSecondsForViewsAndMillisecondsForEvents() {
        Question question = new Question.Counts(TENANT, RANGE, SOME);
        assertThat(QuestionSql.of(question, StoredTable.HOURS).parameters())
                .isEqualTo(Map.of(
                        "tenant", "shop", "from", 978_307_200L, "to", 980_985_600L, "event_types", List.copyOf(SOME)));
        assertThat(QuestionSql.of(question, StoredTable.EVENTS).parameters())
                .containsEntry("from", 978_307_200_000L)
                .containsEntry("to", 980_985_600_000L);
    }

    @Test
    void boundsStayWithinWhatClickHouseCanHold() {
        TimeRange ever = new TimeRange(Instant.parse("0000-01-01T00:00:00Z"), Instant.parse("9999-12-31T23:59:59Z"));
        assertThat(QuestionSql.of(new Question.Counts(TENANT, ever, ALL), StoredTable.HOURS)
                        .parameters())
                .containsEntry("from", 0L)
                .containsEntry("to", Instant.parse("2106-02-07T00:00:00Z").getEpochSecond());
    }
}
