package io.millrace.bench.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class LatenciesTest {
    @Test
    void shareOfSeveralIsNotLongerThanWhatIsSaid() {
        Latencies even = new Latencies();
        Latencies odd = new Latencies();
        LongStream.rangeClosed(1, 2_000)
                .map(index -> 2_001 - index)
                .forEach(millis -> (millis % 2 == 0 ? even : odd).add(millis * 1_000_000));
        Latencies all = Latencies.sorted(List.of(even, odd));
        assertThat(all.size()).isEqualTo(2_000);
        assertThat(all.millis(0.5)).isEqualTo(1_000);
        assertThat(all.millis(0.95)).isEqualTo(1_900);
        assertThat(all.millis(0.9999)).isEqualTo(2_000);
        assertThat(all.millis(1)).isEqualTo(2_000);
    }

    @Test
    void ofOneThereIsOneOnly() {
        Latencies one = new Latencies();
        one.add(1_500_000);
        assertThat(Latencies.sorted(List.of(one)).millis(0.01)).isEqualTo(1.5);
        assertThat(Latencies.sorted(List.of(one)).millis(1)).isEqualTo(1.5);
    }

    @Test
    void ofNoneNothingIsSaid() {
        assertThatIllegalStateException().isThrownBy(() -> new Latencies().millis(0.5));
    }
}
