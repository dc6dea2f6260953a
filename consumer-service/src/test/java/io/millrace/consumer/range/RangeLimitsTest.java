package io.millrace.consumer.range;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RangeLimitsTest {
    @ParameterizedTest
    @CsvSource({
        "PT-5S, PT1S",
        "PT0S, PT1S",
        "PT4S, PT1S",
        "PT4.004S, PT1.001S",
        "PT39.996S, PT9.999S",
        "PT40S, PT10S",
        "PT1H, PT10S"
    })
    void lateEventsWaitAQuarterOfTheirLateness(Duration late, Duration ageMax) {
        RangeLimits limits = new RangeLimits(5, 7, Duration.ofSeconds(1));
        assertThat(limits.inBacklog(late)).isEqualTo(new RangeLimits(5, 7, ageMax));
    }

    @ParameterizedTest
    @CsvSource({"PT40S", "PT1H"})
    void longAgeOfItsOwnIsKept(Duration late) {
        RangeLimits limits = new RangeLimits(5, 7, Duration.ofSeconds(20));
        assertThat(limits.inBacklog(late)).isEqualTo(limits);
    }
}
