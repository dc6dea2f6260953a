package io.millrace.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TimeRangeTest {
    private static TimeRange range(String from, String to) {
        return new TimeRange(Instant.parse(from), Instant.parse(to));
    }

    @Test
    void isAlignedOnlyWhenBothEndsAre() {
        TimeRange hours = range("2001-01-01T05:00:00Z", "2001-01-01T09:00:00Z");
        assertThat(hours.isAlignedTo(Duration.ofHours(1))).isTrue();
        assertThat(hours.isAlignedTo(Duration.ofDays(1))).isFalse();
        assertThat(range("2001-01-01T05:00:00Z", "2001-01-01T09:00:01Z").isAlignedTo(Duration.ofMinutes(1)))
                .isFalse();
        assertThat(range("2001-01-01T05:00:00.001Z", "2001-01-01T09:00:00Z").isAlignedTo(Duration.ofMinutes(1)))
                .isFalse();
    }

    @Test
    void isAlignedBeforeTheEpochToo() {
        assertThat(range("1969-12-31T23:00:00Z", "1970-01-01T00:00:00Z").isAlignedTo(Duration.ofHours(1)))
                .isTrue();
        assertThat(range("1969-12-31T23:30:00Z", "1970-01-01T00:00:00Z").isAlignedTo(Duration.ofHours(1)))
                .isFalse();
    }

    @Test
    void isCutToAnother() {
        TimeRange year = range("2001-01-01T00:00:00Z", "2002-01-01T00:00:00Z");
        assertThat(range("2000-06-01T00:00:00Z", "2001-06-01T00:00:00Z").within(year))
                .isEqualTo(range("2001-01-01T00:00:00Z", "2001-06-01T00:00:00Z"));
        assertThat(range("2001-06-01T00:00:00Z", "2003-06-01T00:00:00Z").within(year))
                .isEqualTo(range("2001-06-01T00:00:00Z", "2002-01-01T00:00:00Z"));
        assertThat(range("1990-01-01T00:00:00Z", "1991-01-01T00:00:00Z")
                        .within(year)
                        .length())
                .isZero();
        assertThat(range("2010-01-01T00:00:00Z", "2011-01-01T00:00:00Z")
                        .within(year)
                        .length())
                .isZero();
    }

    @Test
    void refusesWhatIsNoRange() {
        assertThatIllegalArgumentException().isThrownBy(() -> range("2001-01-01T00:00:01Z", "2001-01-01T00:00:00Z"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> range("2001-01-01T00:00:00.0001Z", "2001-01-02T00:00:00Z"));
    }

    @Test
    void containsItsFirstMillisecondAndNotItsEnd() {
        TimeRange second = range("2001-01-01T00:00:00Z", "2001-01-01T00:00:01Z");
        assertThat(second.contains(978_307_199_999L)).isFalse();
        assertThat(second.contains(978_307_200_000L)).isTrue();
        assertThat(second.contains(978_307_200_999L)).isTrue();
        assertThat(second.contains(978_307_201_000L)).isFalse();
    }
}
