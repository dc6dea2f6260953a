package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.log.Tenant;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class SeriesTest {
    private static final long FIRST = Instant.parse("2001-01-01T00:00:00Z").getEpochSecond();
    private static final String BEYOND_BMP = "😀";
    private static final String LAST_OF_BMP = "\uffef";

    private static Question.Timeseries threeHours(Fill fill, String... types) {
        TimeRange range = new TimeRange(Instant.ofEpochSecond(FIRST), Instant.ofEpochSecond(FIRST + 3 * 3_600));
        return new Question.Timeseries(
                new Tenant("shop"),
                SpacedPoints.of(range, Interval.HOUR, ZoneId.of("UTC"), 3).orElseThrow(),
                new TreeSet<>(Set.of(types)),
                GroupBy.EVENT_TYPE,
                fill);
    }

    private static Total total(String type, int hour, long events) {
        return new Total(type, FIRST + hour * 3_600L, Measures.withoutAmounts(events));
    }

    @Test
    void everyPointOfTheRangeIsThere() {
        assertThat(Series.of(threeHours(Fill.ZERO), List.of(total("a", 1, 5), total("b", 0, 6), total("b", 2, 7))))
                .containsExactly(
                        new Series("a", List.of(total("a", 0, 0), total("a", 1, 5), total("a", 2, 0))),
                        new Series("b", List.of(total("b", 0, 6), total("b", 1, 0), total("b", 2, 7))));
    }

    @Test
    void gapsCanBeLeft() {
        assertThat(Series.of(
                        threeHours(Fill.NONE, "a", "b", "c"),
                        List.of(total("a", 1, 5), total("b", 0, 6), total("b", 2, 7))))
                .containsExactly(
                        new Series("a", List.of(total("a", 1, 5))),
                        new Series("b", List.of(total("b", 0, 6), total("b", 2, 7))));
    }

    @Test
    void typesThatAreNamedHaveASeriesWithoutEvents() {
        assertThat(Series.of(threeHours(Fill.ZERO, "c", "a"), List.of(total("a", 1, 5))))
                .extracting(Series::group)
                .containsExactly("a", "c");
        assertThat(Series.of(threeHours(Fill.ZERO), List.of())).isEmpty();
    }

    @Test
    void typesAreInTheOrderOfTheStore() {
        // Not in that of Java, whose strings are compared by halves of surrogate pairs.
        assertThat(Series.of(
                        threeHours(Fill.ZERO, LAST_OF_BMP, BEYOND_BMP, "a"),
                        List.of(total(LAST_OF_BMP, 0, 1), total(BEYOND_BMP, 0, 1))))
                .extracting(Series::group)
                .containsExactly("a", LAST_OF_BMP, BEYOND_BMP);
    }

    @Test
    void totalThatIsInNoPointIsNotLost() {
        Total astray = new Total("a", FIRST + 1, Measures.withoutAmounts(1));
        assertThatIllegalStateException()
                .isThrownBy(() -> Series.of(threeHours(Fill.ZERO), List.of(total("a", 0, 1), astray)));
    }
}
