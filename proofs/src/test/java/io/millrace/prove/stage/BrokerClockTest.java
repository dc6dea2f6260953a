package io.millrace.prove.stage;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.process.JavaCommand;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.apache.kafka.common.utils.Time;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a virtual machine that starts as the broker does takes for the time. */
final class BrokerClockTest {
    @TempDir
    private Path folder;

    /** Prints Kafka's time, and what it is to the machine. */
    static final class Show {
        private Show() {}

        static void main() {
            System.out.println(Time.SYSTEM.milliseconds());
        }
    }

    @Test
    void onlyKafkasTimeIsAhead() throws Exception {
        BrokerClock clock = BrokerClock.of(folder);

        assertThat(ahead(clock)).isBetween(Duration.ZERO, Duration.ofMinutes(1));
        clock.putAhead(Duration.ofHours(5));
        assertThat(ahead(clock))
                .isBetween(Duration.ofHours(5), Duration.ofHours(5).plusMinutes(1));
    }

    private static Duration ahead(BrokerClock clock) throws IOException, URISyntaxException {
        Instant before = InstantSource.system().instant();
        ProcessBuilder show = new ProcessBuilder(JavaCommand.of(
                List.of("-cp", path(Show.class) + java.io.File.pathSeparator + path(Time.class)),
                List.of(Show.class.getName())));
        show.environment().putAll(clock.environment());
        Process process = show.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return Duration.between(before, Instant.ofEpochMilli(Long.parseLong(said.strip())));
    }

    private static Path path(Class<?> of) throws URISyntaxException {
        return Path.of(of.getProtectionDomain().getCodeSource().getLocation().toURI());
    }
}
