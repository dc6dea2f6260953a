package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.millrace.kit.problem.ProblemException;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;

class TenantTurnsTest {
    private static final Tenant BUSY = new Tenant("busy");
    private static final Duration LONG = Duration.ofMinutes(5);

    private final AtomicInteger begun = new AtomicInteger();

    private TenantTurns turns(int calls, int waiting, Duration wait) {
        return new TenantTurns(new TenantSettings(calls, waiting, wait));
    }

    private CompletableFuture<@Nullable String> ask(TenantTurns turns, Tenant tenant, Mono<String> work) {
        return turns.inTurn(tenant, work.doOnSubscribe(_ -> begun.incrementAndGet()))
                .toFuture();
    }

    private void awaitBegun(int questions) {
        await().until(() -> begun.get() == questions);
    }

    private static void isRefused(CompletableFuture<@Nullable String> question) {
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(question::join)
                .havingCause()
                .isInstanceOfSatisfying(ProblemException.class, refused -> {
                    assertThat(refused.problem().code()).isEqualTo("too_many_questions");
                    assertThat(refused.problem().status().value()).isEqualTo(429);
                    assertThat(refused.problem().retryAfter()).isNotNull();
                });
    }

    @Test
    void soManyRunSoManyWaitAndOneMoreIsRefused() {
        TenantTurns turns = turns(2, 3, LONG);
        List<Sinks.One<String>> works = new ArrayList<>();
        List<CompletableFuture<@Nullable String>> questions = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            Sinks.One<String> work = Sinks.one();
            works.add(work);
            questions.add(ask(turns, BUSY, work.asMono()));
        }
        awaitBegun(2);
        await().untilAsserted(() -> isRefused(ask(turns, BUSY, Mono.just("one more"))));
        // Another tenant is not concerned.
        assertThat(ask(turns, new Tenant("idle"), Mono.just("at once")).join()).isEqualTo("at once");

        works.forEach(work -> work.tryEmitValue("done"));
        questions.forEach(question -> assertThat(question.join()).isEqualTo("done"));
        assertThat(ask(turns, BUSY, Mono.just("again")).join()).isEqualTo("again");
        // Five, and two that were answered at once; what was refused was not begun.
        assertThat(begun).hasValue(7);
    }

    @Test
    void nobodyWaitsForLong() {
        TenantTurns turns = turns(1, 1, Duration.ofMillis(50));
        Sinks.One<String> work = Sinks.one();
        CompletableFuture<@Nullable String> running = ask(turns, BUSY, work.asMono());
        awaitBegun(1);
        isRefused(ask(turns, BUSY, Mono.just("too late")));
        work.tryEmitValue("done");
        assertThat(running.join()).isEqualTo("done");
        assertThat(ask(turns, BUSY, Mono.just("again")).join()).isEqualTo("again");
    }

    @Test
    void givenUpOnesLeaveTheirPlaces() {
        TenantTurns turns = turns(1, 1, LONG);
        Disposable running = turns.inTurn(BUSY, Mono.<String>never().doOnSubscribe(_ -> begun.incrementAndGet()))
                .subscribe();
        awaitBegun(1);
        Disposable waiting = turns.inTurn(BUSY, Mono.just("never")).subscribe();
        await().untilAsserted(() -> isRefused(ask(turns, BUSY, Mono.just("full"))));
        waiting.dispose();
        running.dispose();
        await().untilAsserted(() -> assertThat(ask(turns, BUSY, Mono.just("again"))
                        .handle((text, _) -> text)
                        .join())
                .isEqualTo("again"));
    }

    @Test
    void failuresArePassedOnAndLeaveThePlace() {
        TenantTurns turns = turns(1, 0, LONG);
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> ask(turns, BUSY, Mono.error(new IllegalStateException("broken")))
                        .join())
                .withCauseInstanceOf(IllegalStateException.class);
        assertThat(ask(turns, BUSY, Mono.just("again")).join()).isEqualTo("again");
    }
}
