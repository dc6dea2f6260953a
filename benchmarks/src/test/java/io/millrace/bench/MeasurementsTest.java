package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class MeasurementsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {"", "nonsense", "--long", "codec pipeline", "codec --short", "query --events", "query --long"})
    void withoutAKnownNameTheNamesAreListed(String arguments) throws InterruptedException {
        assertThat(run(arguments)).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("codec", "pipeline", "--long");
        assertThat(out.size()).isZero();
    }

    @Test
    void codecAndPeerReadAndWriteTheSame() {
        assertThatCode(() -> new CodecBenchmark().agree()).doesNotThrowAnyException();
    }

    @Test
    void peersRateIsThatAfterItsWarmUp() throws MeasurementException {
        assertThat(KafkaPeer.rate("""
                96954 records sent, 18688.1 records/sec (5.35 MB/sec), 922.7 ms avg latency, 1595.0 ms max latency.
                110000 records sent, 15598.411798 records/sec (4.46 MB/sec), 885.86 ms avg latency.
                100000 steady state records sent, 17739.932588 records/sec (5.08 MB/sec), 942.58 ms avg latency.
                """)).isEqualTo(17_739.932588);
        assertThatExceptionOfType(MeasurementException.class)
                .isThrownBy(() -> KafkaPeer.rate("110000 records sent, 15598.4 records/sec"))
                .withMessageContaining("told no rate");
    }

    private int run(String arguments) throws InterruptedException {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);
        return Main.run(
                words,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8));
    }
}
