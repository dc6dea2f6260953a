package io.millrace.kit.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class PostgresCopyTest {
    private static final Instant NOW = Instant.parse("2026-11-01T00:00:00Z");
    private static final PostgresCopy.Terms TERMS =
            new PostgresCopy.Terms("tests", "millrace_tests", Duration.ofHours(1), Duration.ofSeconds(30));

    /** Readings that were begun, to be answered when a test wants, and what was known as they began. */
    private final List<Sinks.One<String>> readings = new ArrayList<>();

    private final List<Optional<String>> knownBefore = new ArrayList<>();
    private final PostgresCopy<String> copy = new PostgresCopy<>(
            TERMS,
            known -> {
                knownBefore.add(known);
                Sinks.One<String> reading = Sinks.one();
                readings.add(reading);
                return reading.asMono();
            },
            Clock.fixed(NOW, ZoneOffset.UTC));

    @AfterEach
    void stop() {
        copy.stop();
    }

    @Test
    void nothingIsKnownAtFirst() {
        assertThat(copy.latest()).isEmpty();
        assertThat(copy.latestOr("nothing")).isEqualTo("nothing");
    }

    @Test
    void changeIsReadWhenItIsTold() {
        copy.told("");
        answer(0, "one");
        assertThat(copy.latest()).contains(new PostgresCopy.Reading<>("one", NOW));
        copy.listening();
        answer(1, "two");
        assertThat(copy.latestOr("nothing")).isEqualTo("two");
        assertThat(knownBefore).containsExactly(Optional.empty(), Optional.of("one"));
    }

    @Test
    void whatIsToldDuringAReadingIsReadByOneMore() {
        copy.told("");
        copy.told("");
        copy.told("");
        assertThat(readings).hasSize(1);
        answer(0, "one");
        assertThat(readings).hasSize(2);
        answer(1, "two");
        assertThat(copy.latestOr("nothing")).isEqualTo("two");
        assertThat(readings).hasSize(2);
    }

    @Test
    void whatIsKnownStaysWhenReadingFails() {
        copy.told("");
        answer(0, "one");
        copy.told("");
        assertThat(readings.get(1).tryEmitError(new IllegalStateException("away")))
                .isEqualTo(Sinks.EmitResult.OK);
        assertThat(copy.latestOr("nothing")).isEqualTo("one");
        copy.told("");
        answer(2, "two");
        assertThat(copy.latestOr("nothing")).isEqualTo("two");
    }

    @Test
    void startsWithWhatThereIs() {
        PostgresCopy<String> started = new PostgresCopy<>(TERMS, _ -> Mono.just("one"), Clock.systemUTC());
        started.start();
        assertThat(started.latestOr("nothing")).isEqualTo("one");
        assertThat(started.isRunning()).isTrue();
        started.stop();
        assertThat(started.isRunning()).isFalse();
    }

    @Test
    void startsWithNothingWhileTheDatabaseIsAway() {
        PostgresCopy<String> away =
                new PostgresCopy<>(TERMS, _ -> Mono.error(new IllegalStateException("away")), Clock.systemUTC());
        away.start();
        assertThat(away.latest()).isEmpty();
        away.stop();
    }

    private void answer(int reading, String value) {
        assertThat(readings.get(reading).tryEmitValue(value)).isEqualTo(Sinks.EmitResult.OK);
    }
}
