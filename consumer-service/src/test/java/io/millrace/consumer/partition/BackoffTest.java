package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BackoffTest {
    private final Backoff backoff = new Backoff(Duration.ofMillis(200), Duration.ofSeconds(15), new Random(7));

    @ParameterizedTest
    @CsvSource({"1, 200", "2, 400", "3, 800", "7, 12800", "8, 15000", "1000000, 15000"})
    void pausesGrowUpToALimitAndVaryWithinTheirUpperHalf(int failures, long spanMillis) {
        Duration span = Duration.ofMillis(spanMillis);
        for (int i = 0; i < 100; i++) {
            assertThat(backoff.after(failures)).isBetween(span.dividedBy(2), span);
        }
        assertThat(backoff.after(failures)).isNotEqualTo(backoff.after(failures));
    }
}
