package io.millrace.kit.breaker;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.kit.TestClock;
import io.millrace.kit.metrics.Meters;
import java.io.Serial;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

/** With the default settings: of the last 20 calls, 5 at least, half must fail; open for 2 s; then one trial. */
class BreakerTest {
    private static final Duration OPEN = TestBreaker.DEFAULTS.openTime();
    private static final Duration PAST_OPEN = OPEN.plusMillis(1);

    private final TestClock clock = new TestClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final List<StateChange> changes = new ArrayList<>();
    private final Breaker breaker = new Breakers(TestBreaker.DEFAULTS, clock, new Meters(registry), changes::add)
            .around("server", BreakerTest::judge);

    /** A failure that says this of the server. */
    private static final class Failure extends RuntimeException {
        @Serial
        private static final long serialVersionUID = 1L;

        private final Verdict verdict;

        private Failure(Verdict verdict) {
            this.verdict = verdict;
        }
    }

    private static Verdict judge(Throwable error) {
        return error instanceof Failure failure ? failure.verdict : Verdict.NOTHING;
    }

    @Test
    void opensOnceHalfOfTheLastCallsHaveFailed() {
        times(20, this::succeed);
        times(9, this::fail);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        fail();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void fewCallsAreNotJudged() {
        times(4, this::fail);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        fail();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void serverThatAnswersWithErrorsIsThere() {
        times(2, this::fail);
        times(100, () -> failWith(Verdict.THERE));
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void callsThatSayNothingOfTheServerDoNotCount() {
        times(4, this::fail);
        times(100, () -> failWith(Verdict.NOTHING));
        times(100, this::leave);
        fail();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void openBreakerRefusesEveryWayOfCallingAtOnceAndSaysForHowLong() {
        open();
        clock.advance(Duration.ofMillis(500));
        StepVerifier.create(breaker.guard(Mono.error(new AssertionError("called"))))
                .verifyErrorSatisfies(error -> refusesFor(Duration.ofMillis(1_500), error));
        StepVerifier.create(breaker.whileClosed(Mono.error(new AssertionError("called"))))
                .verifyErrorSatisfies(error -> refusesFor(Duration.ofMillis(1_500), error));
        assertThat(breaker.guard(BreakerTest::neverCalled))
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(BreakerOpen.class);
        refusesFor(Duration.ofMillis(1_500), catchThrowableOfType(BreakerOpen.class, breaker::require));
        assertThat(registry.get("millrace.breaker.refused")
                        .tag("breaker", "server")
                        .counter()
                        .count())
                .isEqualTo(4);
    }

    @Test
    void trialThatGoesWellClosesIt() {
        open();
        clock.advance(PAST_OPEN);
        assertThatNoException().isThrownBy(breaker::require);
        succeed();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        assertThatNoException().isThrownBy(breaker::require);
        // What failed before is forgotten.
        times(4, this::fail);
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void trialThatFailsKeepsItOpenAsLongAgain() {
        open();
        clock.advance(PAST_OPEN);
        fail();
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        clock.advance(OPEN.minusMillis(1));
        refusesFor(Duration.ofMillis(1), catchThrowableOfType(BreakerOpen.class, breaker::require));
        clock.advance(Duration.ofMillis(2));
        succeed();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void othersAreRefusedWhileATrialIsUnderWay() {
        open();
        clock.advance(PAST_OPEN);
        CompletableFuture<String> trial = new CompletableFuture<>();
        CompletableFuture<String> result = breaker.guard(() -> trial);
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        StepVerifier.create(breaker.guard(Mono.just("x"))).verifyError(BreakerOpen.class);
        assertThatThrownBy(breaker::require).isInstanceOf(BreakerOpen.class);
        trial.complete("x");
        assertThat(result).isCompletedWithValue("x");
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void trialThatSaysNothingIsGivenToTheNext() {
        open();
        clock.advance(PAST_OPEN);
        leave();
        failWith(Verdict.NOTHING);
        assertThatThrownBy(() -> breaker.guard(BreakerTest::bug)).isInstanceOf(IllegalStateException.class);
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        succeed();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void callThatWasBegunBeforeDoesNotCountAsATrial() {
        Sinks.One<String> slow = Sinks.one();
        breaker.guard(slow.asMono()).subscribe(_ -> {}, _ -> {});
        CompletableFuture<String> slowToo = new CompletableFuture<>();
        var _ = breaker.guard(() -> slowToo);
        open();
        clock.advance(PAST_OPEN);
        CompletableFuture<String> trial = new CompletableFuture<>();
        var _ = breaker.guard(() -> trial);
        slow.tryEmitError(new Failure(Verdict.AWAY)).orThrow();
        slowToo.complete("x");
        assertThat(breaker.state()).isEqualTo(BreakerState.HALF_OPEN);
        trial.completeExceptionally(new CompletionException(new Failure(Verdict.AWAY)));
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    /** Whoever gets the trial while another thread is still changing the state must not lose it: nobody else would get one. */
    @Test
    void trialCountsHoweverManyCallAtOnce() throws InterruptedException {
        try (ExecutorService threads = Executors.newFixedThreadPool(8)) {
            for (int round = 0; round < 100; round++) {
                open();
                clock.advance(PAST_OPEN);
                List<Callable<Boolean>> calls = Collections.nCopies(
                        8,
                        () -> breaker.guard(Mono.just("x"))
                                .onErrorComplete()
                                .blockOptional()
                                .isPresent());
                threads.invokeAll(calls);
                assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
            }
        }
    }

    @Test
    void longCallsAreNoTrials() {
        open();
        clock.advance(PAST_OPEN);
        StepVerifier.create(breaker.whileClosed(Mono.just("x"))).verifyError(BreakerOpen.class);
        succeed();
        StepVerifier.create(breaker.whileClosed(Mono.just("x"))).expectNext("x").verifyComplete();
        for (int i = 0; i < 4; i++) {
            StepVerifier.create(breaker.whileClosed(Mono.error(new Failure(Verdict.AWAY))))
                    .verifyError(Failure.class);
        }
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    @Test
    void watchedCallsAreMadeInAnyCase() {
        for (int i = 0; i < 10; i++) {
            assertThatThrownBy(() -> breaker.watch(BreakerTest::away)).isInstanceOf(Failure.class);
        }
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        assertThat(breaker.watch(() -> "x")).isEqualTo("x");
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
        clock.advance(PAST_OPEN);
        assertThat(breaker.watch(() -> "x")).isEqualTo("x");
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
    }

    @Test
    void whoKnowsThatTheServerIsThereClosesIt() {
        breaker.serverIsThere();
        assertThat(changes).isEmpty();
        open();
        breaker.serverIsThere();
        assertThat(breaker.state()).isEqualTo(BreakerState.CLOSED);
        succeed();
    }

    @Test
    void everyChangeIsToldWithItsTime() {
        open();
        var opened = clock.instant();
        clock.advance(PAST_OPEN);
        succeed();
        assertThat(changes)
                .containsExactly(
                        new StateChange("server", BreakerState.CLOSED, BreakerState.OPEN, opened),
                        new StateChange("server", BreakerState.OPEN, BreakerState.HALF_OPEN, opened.plus(PAST_OPEN)),
                        new StateChange("server", BreakerState.HALF_OPEN, BreakerState.CLOSED, opened.plus(PAST_OPEN)));
    }

    @Test
    void stateIsMeasured() {
        assertThat(measured("closed")).isEqualTo(1);
        open();
        assertThat(measured("closed")).isZero();
        assertThat(measured("open")).isEqualTo(1);
        assertThat(measured("half_open")).isZero();
    }

    private double measured(String state) {
        return registry.get("millrace.breaker.state")
                .tag("breaker", "server")
                .tag("state", state)
                .gauge()
                .value();
    }

    /** However many calls went well since it closed: these are at most nine. */
    private void open() {
        for (int i = 0; i < 10 && breaker.state() == BreakerState.CLOSED; i++) {
            fail();
        }
        assertThat(breaker.state()).isEqualTo(BreakerState.OPEN);
    }

    private void succeed() {
        StepVerifier.create(breaker.guard(Mono.just("x"))).expectNext("x").verifyComplete();
    }

    private void fail() {
        failWith(Verdict.AWAY);
    }

    private void failWith(Verdict verdict) {
        StepVerifier.create(breaker.guard(Mono.error(new Failure(verdict)))).verifyError(Failure.class);
    }

    private void leave() {
        StepVerifier.create(breaker.guard(Mono.never())).thenCancel().verify();
    }

    private static void times(int times, Runnable what) {
        for (int i = 0; i < times; i++) {
            what.run();
        }
    }

    private static void refusesFor(Duration expected, Throwable error) {
        assertThat(error)
                .isInstanceOfSatisfying(
                        BreakerOpen.class, open -> assertThat(open.retryAfter()).isEqualTo(expected));
    }

    private static String away() {
        throw new Failure(Verdict.AWAY);
    }

    private static CompletableFuture<String> bug() {
        throw new IllegalStateException("bug");
    }

    private static CompletableFuture<String> neverCalled() {
        throw new AssertionError("called");
    }
}
