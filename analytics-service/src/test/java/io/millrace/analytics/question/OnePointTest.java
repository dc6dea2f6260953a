package io.millrace.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class OnePointTest {
    private static final TimeRange SECOND =
            new TimeRange(Instant.parse("2001-01-01T00:00:00Z"), Instant.parse("2001-01-01T00:00:01Z"));

    @Test
    void holdsItsWholeRangeAndNothingElse() {
        OnePoint point = new OnePoint(SECOND);
        assertThat(point.size()).isEqualTo(1);
        assertThat(point.startEpochSecond(0)).isZero();
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> point.startEpochSecond(1));
        assertThat(point.indexOf(978_307_199_999L)).isEqualTo(-1);
        assertThat(point.indexOf(978_307_200_000L)).isZero();
        assertThat(point.indexOf(978_307_200_999L)).isZero();
        assertThat(point.indexOf(978_307_201_000L)).isEqualTo(-1);
    }

    @Test
    void cutsNoBucket() {
        assertThat(new OnePoint(SECOND).keepWhole(Duration.ofHours(1))).isTrue();
    }

    @Test
    void isCutToAnotherRange() {
        TimeRange later =
                new TimeRange(SECOND.from().plusMillis(500), SECOND.to().plusSeconds(9));
        assertThat(new OnePoint(SECOND).within(later))
                .isEqualTo(new OnePoint(new TimeRange(later.from(), SECOND.to())));
    }
}
