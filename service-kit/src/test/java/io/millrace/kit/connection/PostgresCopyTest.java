package io.millrace.kit.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

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

    /** Readings that were begun, to be answered when a test wants. */
    private final List<Sinks.One<String>> readings = new ArrayList<>();

    /** What was known as something was made of each. */
    private final List<Optional<String>> knownBefore = new ArrayList<>();

    private final PostgresCopy<String> copy = new PostgresCopy<>(
            TERMS,
            Mono.defer(() -> {
                Sinks.One<String> reading = Sinks.one();
                readings.add(reading);
                return reading.asMono();
            }),
            (row, known) -> {
                knownBefore.add(known);
                return Mono.just(row);
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
        PostgresCopy<String> started =
                new PostgresCopy<>(TERMS, Mono.just("one"), (row, _) -> Mono.just(row), Clock.systemUTC());
        started.start();
        assertThat(started.latestOr("nothing")).isEqualTo("one");
        assertThat(started.isRunning()).isTrue();
        started.stop();
        assertThat(started.isRunning()).isFalse();
    }

    @Test
    void startsWithNothingWhileTheDatabaseIsAway() {
        PostgresCopy<String> away = new PostgresCopy<>(
                TERMS,
                Mono.<String>error(new IllegalStateException("away")),
                (row, _) -> Mono.just(row),
                Clock.systemUTC());
        away.start();
        assertThat(away.latest()).isEmpty();
        away.stop();
    }

    /** As many schemas are made ready: what is slow there is not PostgreSQL. */
    @Test
    void makingMayTakeLongerThanReading() {
        Duration brief = Duration.ofMillis(50);
        PostgresCopy<String> slow = new PostgresCopy<>(
                new PostgresCopy.Terms("tests", "millrace_tests", Duration.ofHours(1), brief),
                Mono.just("one"),
                (row, _) -> Mono.just(row).delayElement(brief.multipliedBy(4)),
                Clock.systemUTC());
        slow.start();
        assertThat(slow.latestOr("nothing")).isEqualTo("one");
        slow.stop();
    }

    @Test
    void startWaitsForAReadingThatIsUnderWayAndBeginsNoOtherBesideIt() throws InterruptedException {
        copy.told("");
        Thread starting = Thread.ofVirtual().start(copy::start);
        await().until(() -> starting.getState() == Thread.State.WAITING);
        assertThat(readings).hasSize(1);
        answer(0, "one");
        starting.join();
        assertThat(copy.latestOr("nothing")).isEqualTo("one");
        await().until(() -> readings.size() == 2);
    }

    private void answer(int reading, String value) {
        assertThat(readings.get(reading).tryEmitValue(value)).isEqualTo(Sinks.EmitResult.OK);
    }
}
