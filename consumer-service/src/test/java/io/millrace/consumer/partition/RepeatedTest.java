package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.consumer.partition.Repeated.Repetition;
import io.millrace.consumer.store.OutsideTrouble;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class RepeatedTest {
    private static final Backoff BACKOFF = new Backoff(Duration.ofNanos(100), Duration.ofNanos(100), new Random(1));

    private final Counter failures = new SimpleMeterRegistry().counter("failures");
    private final Repetition here = new Repetition(Runnable::run, BACKOFF, failures);

    @Test
    void startsWhenFirstAskedAndTellsTheOutcomeWhenAskedAgain() {
        Repeated<String> task = new Repeated<>("the task", () -> done("the outcome"), here);
        assertThat(task.isRunning()).isFalse();
        assertThat(task.poll(0)).isEmpty();
        assertThat(task.isRunning()).isTrue();
        assertThat(task.poll(0)).contains("the outcome");
        assertThat(task.trouble()).isEmpty();
    }

    @Test
    void goesOnStepByStepWhichIsNoFailure() {
        AtomicInteger calls = new AtomicInteger();
        Repeated<String> task = new Repeated<>(
                "the task",
                () -> calls.incrementAndGet() < 2 ? new Progress.Again<>(Duration.ofNanos(50)) : done("done"),
                here);
        assertThat(task.poll(0)).isEmpty();
        assertThat(task.poll(0)).isEmpty();
        assertThat(task.isRunning()).isFalse();
        assertThat(task.poll(49)).isEmpty();
        assertThat(calls).hasValue(1);
        assertThat(task.poll(50)).isEmpty();
        assertThat(task.poll(50)).contains("done");
        assertThat(failures.count()).isZero();
    }

    private static Progress<String> done(String outcome) {
        return new Progress.Done<>(outcome);
    }

    @Test
    void isRepeatedAfterAPauseForAsLongAsThereIsTrouble() {
        List<Integer> calls = new ArrayList<>();
        Repeated<String> task = new Repeated<>(
                "the task",
                () -> {
                    calls.add(calls.size());
                    if (calls.size() <= 2) {
                        throw new OutsideTrouble("away", "the server is away", new IllegalStateException());
                    }
                    return done("done");
                },
                here);
        assertThat(task.poll(0)).isEmpty();
        assertThat(task.poll(0)).isEmpty();
        assertThat(task.trouble().orElseThrow().code()).isEqualTo("away");
        assertThat(task.poll(49)).isEmpty();
        assertThat(calls).as("the pause is 50 to 100 ns").containsExactly(0);
        assertThat(task.poll(100)).isEmpty();
        assertThat(task.poll(100)).isEmpty();
        assertThat(calls).containsExactly(0, 1);
        assertThat(task.failures()).isEqualTo(2);
        assertThat(failures.count()).isEqualTo(2);
        assertThat(task.poll(200)).isEmpty();
        assertThat(task.poll(200)).contains("done");
    }

    @Test
    void anyOtherFailureComesOut() {
        Repeated<String> task = new Repeated<>(
                "the task",
                () -> {
                    throw new IllegalArgumentException("a bug");
                },
                here);
        assertThat(task.poll(0)).isEmpty();
        assertThatThrownBy(() -> task.poll(0)).rootCause().hasMessage("a bug");
    }

    @Test
    void isWaitedForNoLongerThanAsked() {
        CountDownLatch gate = new CountDownLatch(1);
        try (var threads = Executors.newSingleThreadExecutor()) {
            Repeated<String> task = new Repeated<>(
                    "the task",
                    () -> {
                        awaitUninterruptibly(gate);
                        return done("done");
                    },
                    new Repetition(threads, BACKOFF, failures));
            assertThat(task.await(0, Duration.ofDays(1)))
                    .as("it was never started")
                    .isEmpty();
            assertThat(task.poll(0)).isEmpty();
            assertThat(task.await(0, Duration.ofMillis(20))).isEmpty();
            gate.countDown();
            assertThat(task.await(0, Duration.ofDays(1))).contains("done");
        }
    }

    private static void awaitUninterruptibly(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
