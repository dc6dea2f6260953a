package io.millrace.analytics.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.store.StorageState;
import io.millrace.analytics.store.StoredResult;
import io.millrace.analytics.store.StoredResults;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.kit.metrics.Meters;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class HistoryTest {
    /** No machine is so busy that this much of real time passes between two lines of a test. */
    private static final HistorySettings SETTINGS = settings(Duration.ofMinutes(5));

    private static HistorySettings settings(Duration patience) {
        return new HistorySettings(
                DataSize.ofMegabytes(1),
                Duration.ofSeconds(5),
                Duration.ofMillis(500),
                patience,
                Duration.ofMinutes(10));
    }

    private final Deque<Sinks.One<StoredResult>> asked = new ArrayDeque<>();
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private int cancelled;
    private long nanos;
    private @Nullable StorageState state = state(0);
    private final History history = history(SETTINGS);

    private History history(HistorySettings settings) {
        return new History(
                _ -> {
                    Sinks.One<StoredResult> answer = Sinks.one();
                    return answer.asMono().doOnSubscribe(_ -> asked.add(answer)).doOnCancel(() -> cancelled++);
                },
                () -> Optional.ofNullable(state),
                settings,
                new HistoryMeters(new Meters(registry)),
                () -> nanos);
    }

    private static StorageState state(long generation) {
        return new StorageState(generation, Map.of(), new TreeMap<>());
    }

    private static Question question(String tenant) {
        Instant from = Instant.parse("2026-11-20T00:00:00Z");
        return new Question.Counts(
                new Tenant(tenant),
                new TimeRange(from, from.plusSeconds(60)),
                Collections.emptySortedSet(),
                GroupBy.EVENT_TYPE);
    }

    private static StoredResult result(int totals) {
        return StoredResults.of(
                IntStream.range(0, totals)
                        .mapToObj(i -> new Total("t" + i, 0, Measures.withoutAmounts(1)))
                        .toList(),
                1,
                0,
                10,
                -1);
    }

    /** Asks and has ClickHouse answer. */
    private StoredResult fetched(History of, String tenant, StoredResult answer) {
        Mono<StoredResult> found = of.find(question(tenant), _ -> true);
        var waiting = found.toFuture();
        asked.remove().tryEmitValue(answer);
        return waiting.join();
    }

    private void pass(Duration time) {
        nanos += time.toNanos();
    }

    private double counted(String from) {
        return registry.get("millrace.analytics.history")
                .tag("from", from)
                .counter()
                .count();
    }

    @Test
    void equalQuestionsThatComeAtTheSameTimeAreAskedOnce() {
        var one = history.find(question("a"), _ -> true).toFuture();
        var same = history.find(question("a"), _ -> true).toFuture();
        var other = history.find(question("b"), _ -> true).toFuture();
        assertThat(asked).hasSize(2);
        StoredResult result = result(1);
        asked.remove().tryEmitValue(result);
        assertThat(one.join()).isSameAs(result);
        assertThat(same.join()).isSameAs(result);
        assertThat(other).isNotDone();
    }

    @Test
    void keptResultIsGivenWhileTheTailsJoinItAndReadAnewBehindAnAnswer() {
        StoredResult first = fetched(history, "a", result(1));
        pass(SETTINGS.refreshAfter());
        assertThat(history.find(question("a"), _ -> true).block()).isSameAs(first);
        assertThat(asked).isEmpty();
        pass(Duration.ofNanos(1));
        assertThat(history.find(question("a"), _ -> true).block()).isSameAs(first);
        assertThat(history.find(question("a"), _ -> true).block()).isSameAs(first);
        assertThat(asked).as("read anew once").hasSize(1);
        StoredResult second = result(2);
        asked.remove().tryEmitValue(second);
        assertThat(history.find(question("a"), _ -> true).block()).isSameAs(second);
        assertThat(counted("kept")).isEqualTo(4);
        assertThat(counted("clickhouse")).isEqualTo(1);
    }

    @Test
    void resultThatSomeTailDoesNotJoinIsReadAnewSoon() {
        StoredResult first = fetched(history, "a", result(1));
        pass(SETTINGS.withoutTailAfter());
        assertThat(history.find(question("a"), _ -> false).block()).isSameAs(first);
        pass(Duration.ofNanos(1));
        var waiting = history.find(question("a"), _ -> false).toFuture();
        StoredResult second = result(2);
        asked.remove().tryEmitValue(second);
        assertThat(waiting.join()).isSameAs(second);
    }

    @Test
    void keptResultStandsInForAServerThatIsAwayOrSlow() {
        History hasty = history(settings(Duration.ofMillis(20)));
        StoredResult first = fetched(hasty, "a", result(1));
        pass(Duration.ofSeconds(3));
        var failing = hasty.find(question("a"), _ -> false).toFuture();
        asked.remove().tryEmitError(new IllegalStateException("away"));
        assertThat(failing.join()).isSameAs(first);
        assertThat(hasty.find(question("a"), _ -> false).block(Duration.ofSeconds(10)))
                .isSameAs(first);
        assertThat(counted("stood_in")).isEqualTo(2);
        pass(SETTINGS.keepMax());
        var tooOld = hasty.find(question("a"), _ -> true).toFuture();
        asked.removeLast().tryEmitError(new IllegalStateException("away"));
        assertThat(tooOld).isCompletedExceptionally();
    }

    @Test
    void resultOfAnotherContentIsNotGiven() {
        fetched(history, "a", result(1));
        for (long generation : new long[] {1, 2}) {
            state = state(generation);
            var waiting = history.find(question("a"), _ -> true).toFuture();
            assertThat(waiting).as("generation %d", generation).isNotDone();
            asked.remove().tryEmitValue(result(1));
        }
        state = null;
        assertThat(history.find(question("a"), _ -> true).toFuture())
                .as("nothing is known")
                .isNotDone();
    }

    @Test
    void resultThatMayBeAMixtureIsNotKept() {
        StoredResult mixture =
                new StoredResult(result(1).table(), List.of(), Measures.NONE, new TreeMap<>(), state(0), false, true);
        fetched(history, "a", mixture);
        var _ = history.find(question("a"), _ -> true).toFuture();
        assertThat(asked).hasSize(1);
    }

    @Test
    void readingEndsWhenTheLastWhoAskedHasGone() {
        Disposable one = history.find(question("a"), _ -> true).subscribe();
        Disposable other = history.find(question("a"), _ -> true).subscribe();
        one.dispose();
        assertThat(cancelled).isZero();
        other.dispose();
        assertThat(cancelled).isEqualTo(1);
        assertThat(fetchedAnew()).isNotNull();
    }

    private StoredResult fetchedAnew() {
        asked.clear();
        return fetched(history, "a", result(1));
    }

    @Test
    void keepsNoMoreThanItsMemory() {
        for (int i = 0; i < 50; i++) {
            fetched(history, "t" + i, result(1_000));
        }
        assertThat(registry.get("millrace.analytics.history.held").gauge().value())
                .isBetween(1_000.0, (double) SETTINGS.memoryMax().toBytes());
        History none = new History(
                _ -> Mono.fromSupplier(() -> {
                    cancelled++;
                    return result(1);
                }),
                () -> Optional.ofNullable(state),
                new HistorySettings(
                        DataSize.ofBytes(0),
                        Duration.ZERO,
                        Duration.ZERO,
                        Duration.ofSeconds(1),
                        Duration.ofMinutes(1)),
                new HistoryMeters(new Meters(new PrometheusMeterRegistry(PrometheusConfig.DEFAULT))),
                () -> nanos);
        Objects.requireNonNull(none.find(question("a"), _ -> true).block());
        Objects.requireNonNull(none.find(question("a"), _ -> true).block());
        assertThat(cancelled).as("read each time").isEqualTo(2);
    }
}
