package io.millrace.kit.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.kit.TestClock;
import io.millrace.kit.breaker.Breaker;
import io.millrace.kit.breaker.TestBreaker;
import io.millrace.kit.metrics.Meters;
import io.millrace.log.Tenant;
import io.r2dbc.spi.R2dbcTransientResourceException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.test.StepVerifier;

class KeyCacheTest {
    private static final KeySettings SETTINGS = new KeySettings(
            Duration.ofSeconds(10), Duration.ofHours(1), Duration.ofSeconds(1), Duration.ofSeconds(2), 2, 2);

    private final TestClock clock = new TestClock();
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final AtomicInteger lookups = new AtomicInteger();
    private final Random random = new Random(42);
    private Mono<Optional<ApiKey>> database = Mono.just(Optional.empty());
    private final Breaker breaker = TestBreaker.around("postgres", KeyLookup::judge);
    private final KeyLookup lookup = new KeyLookup(this::asked, SETTINGS.lookupTimeout(), breaker);
    private final KeyCache cache = new KeyCache(lookup, SETTINGS, clock, new KeyMetrics(new Meters(registry)));
    private final String text = KeyText.made(random, Set.of(Scope.INGEST));

    @Test
    void knownKeyIsNotAskedForAgainWhileFresh() {
        database = Mono.just(Optional.of(key(null, null)));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
        clock.advance(Duration.ofMillis(9_999));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
        assertThat(lookups).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        find();
        assertThat(lookups).hasValue(2);
    }

    @Test
    void revocationTakesEffectOnceTheAnswerIsNotFreshAnyMore() {
        database = Mono.just(Optional.of(key(null, null)));
        find();
        database = Mono.just(Optional.of(key(null, clock.instant())));
        clock.advance(Duration.ofSeconds(10));
        assertThat(find()).isInstanceOf(KeyAnswer.Unknown.class);
    }

    @Test
    void doubtedKeyIsAskedForAgain() {
        database = Mono.just(Optional.of(key(null, null)));
        find();
        database = Mono.just(Optional.of(key(null, clock.instant())));
        cache.doubt(HexFormat.of().formatHex(KeyText.hash("another")));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
        cache.doubt(HexFormat.of().formatHex(KeyText.hash(text)));
        assertThat(find()).isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void keyThatWasUnknownIsAskedForAgainOnceAnyIsDoubted() {
        assertThat(find()).isInstanceOf(KeyAnswer.Unknown.class);
        database = Mono.just(Optional.of(key(null, null)));
        cache.doubtAll();
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
    }

    @Test
    void answerThatMayBeOlderThanTheChangeIsNotKept() {
        Sinks.One<Optional<ApiKey>> before = Sinks.one();
        database = before.asMono();
        Mono<KeyAnswer> asking = cache.find(text).cache();
        asking.subscribe();
        cache.doubt(HexFormat.of().formatHex(KeyText.hash(text)));
        before.tryEmitValue(Optional.of(key(null, null))).orThrow();
        database = Mono.just(Optional.of(key(null, clock.instant())));
        assertThat(find()).isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(lookups).hasValue(2);
    }

    @Test
    void doubtedKeyIsServedWhileTheDatabaseIsAway() {
        database = Mono.just(Optional.of(key(null, null)));
        find();
        cache.doubtAll();
        database = Mono.error(new R2dbcTransientResourceException("away"));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
    }

    @Test
    void deletedKeyIsForgotten() {
        database = Mono.just(Optional.of(key(null, null)));
        find();
        database = Mono.just(Optional.empty());
        clock.advance(Duration.ofSeconds(10));
        assertThat(find()).isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(cache.servesWithoutDatabase()).isFalse();
    }

    @Test
    void expiryTakesEffectAtOnce() {
        database = Mono.just(Optional.of(key(clock.instant().plusSeconds(3), null)));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
        clock.advance(Duration.ofSeconds(3));
        assertThat(find()).isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void unknownKeyIsRememberedToo() {
        assertThat(find()).isInstanceOf(KeyAnswer.Unknown.class);
        database = Mono.just(Optional.of(key(null, null)));
        clock.advance(Duration.ofMillis(9_999));
        assertThat(find()).isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(lookups).hasValue(1);
        clock.advance(Duration.ofMillis(1));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
    }

    @Test
    void textThatIsNoKeyCostsNoLookup() {
        assertThat(cache.find("mr_i_short").block()).isInstanceOf(KeyAnswer.Unknown.class);
        assertThat(lookups).hasValue(0);
    }

    @Test
    void staleKeyIsServedWhileTheDatabaseIsAwayAndAskedForOnceASecond() {
        database = Mono.just(Optional.of(key(null, null)));
        find();
        database = Mono.error(new R2dbcTransientResourceException("away"));
        clock.advance(Duration.ofSeconds(10));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
        clock.advance(Duration.ofMillis(999));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
        assertThat(lookups).hasValue(2);
        clock.advance(Duration.ofMillis(1));
        find();
        assertThat(lookups).hasValue(3);
        assertThat(cache.servesWithoutDatabase()).isTrue();
    }

    @Test
    void staleKeyIsNotServedForEver() {
        database = Mono.just(Optional.of(key(null, null)));
        find();
        database = Mono.error(new R2dbcTransientResourceException("away"));
        clock.advance(Duration.ofHours(1).minusMillis(1));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
        clock.advance(Duration.ofSeconds(1));
        assertThat(find()).isInstanceOf(KeyAnswer.Unavailable.class);
        assertThat(cache.servesWithoutDatabase()).isFalse();
    }

    @Test
    void strangerIsNotCalledUnknownWhileTheDatabaseIsAway() {
        database = Mono.error(new R2dbcTransientResourceException("away"));
        assertThat(find()).isInstanceOf(KeyAnswer.Unavailable.class);
        database = Mono.just(Optional.of(key(null, null)));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
    }

    @Test
    void unknownIsNotTrustedBeyondItsTimeWhileTheDatabaseIsAway() {
        find();
        database = Mono.error(new R2dbcTransientResourceException("away"));
        clock.advance(Duration.ofSeconds(10));
        assertThat(find()).isInstanceOf(KeyAnswer.Unavailable.class);
    }

    @Test
    void databaseThatDoesNotAnswerCountsAsAway() {
        database = Mono.never();
        StepVerifier.withVirtualTime(() -> cache.find(text))
                .expectSubscription()
                .expectNoEvent(Duration.ofMillis(1_999))
                .thenAwait(Duration.ofMillis(1))
                .expectNextMatches(KeyAnswer.Unavailable.class::isInstance)
                .verifyComplete();
    }

    @Test
    void nobodyWaitsForADatabaseThatManyHaveWaitedForInVain() {
        database = Mono.just(Optional.of(key(null, null)));
        find();
        database = Mono.never();
        StepVerifier.withVirtualTime(() -> Flux.range(0, 5).concatMap(_ -> cache.find(stranger())))
                .thenAwait(SETTINGS.lookupTimeout().multipliedBy(5))
                .expectNextCount(5)
                .verifyComplete();
        int asked = lookups.get();
        assertThat(TestBreaker.isOpen(breaker)).isTrue();
        clock.advance(Duration.ofSeconds(10));
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
        assertThat(cache.find(stranger()).block()).isInstanceOf(KeyAnswer.Unavailable.class);
        assertThat(lookups).hasValue(asked);

        database = Mono.just(Optional.empty());
        new KeyChanges(cache, lookup).listening();
        assertThat(find()).isInstanceOf(KeyAnswer.Unknown.class);
    }

    @Test
    void thatThereIsNoSuchKeyIsNoFailure() {
        for (int i = 0; i < 100; i++) {
            assertThat(cache.find(stranger()).block()).isInstanceOf(KeyAnswer.Unknown.class);
        }
        assertThat(TestBreaker.isOpen(breaker)).isFalse();
    }

    @Test
    void everyAnswerIsCountedByWhereItCameFrom() {
        find();
        find();
        database = Mono.error(new R2dbcTransientResourceException("away"));
        clock.advance(Duration.ofSeconds(10));
        find();
        database = Mono.just(Optional.of(key(null, null)));
        find();
        database = Mono.error(new R2dbcTransientResourceException("away"));
        clock.advance(Duration.ofSeconds(10));
        find();
        assertThat(List.of(counted("database"), counted("memory"), counted("unavailable"), counted("stale")))
                .containsExactly(2.0, 1.0, 1.0, 1.0);
    }

    @Test
    void bugInTheLookupIsNotTakenForAnAbsence() {
        database = Mono.error(new IllegalStateException("bug"));
        StepVerifier.create(cache.find(text)).verifyError(IllegalStateException.class);
    }

    @Test
    void manyRequestsShareOneLookup() {
        Sinks.One<Optional<ApiKey>> answer = Sinks.one();
        database = answer.asMono();
        List<Mono<KeyAnswer>> waiting = List.of(cache.find(text), cache.find(text), cache.find(text));
        List<KeyAnswer> answers = new java.util.ArrayList<>();
        waiting.forEach(mono -> mono.subscribe(answers::add));
        answer.tryEmitValue(Optional.of(key(null, null)));
        assertThat(answers).hasSize(3).allMatch(KeyAnswer.Known.class::isInstance);
        assertThat(lookups).hasValue(1);
    }

    @Test
    void guessingDoesNotPushOutKnownKeys() {
        database = Mono.just(Optional.of(key(null, null)));
        find();
        database = Mono.just(Optional.empty());
        for (int i = 0; i < 100; i++) {
            cache.find(stranger()).block();
        }
        int before = lookups.get();
        assertThat(find()).isInstanceOf(KeyAnswer.Known.class);
        assertThat(lookups).hasValue(before);
    }

    @Test
    void defaultsArePinned() {
        assertThat(new org.springframework.boot.context.properties.bind.Binder(
                                new org.springframework.boot.context.properties.source.MapConfigurationPropertySource())
                        .bindOrCreate("millrace.keys", KeySettings.class))
                .isEqualTo(new KeySettings(
                        Duration.ofSeconds(10),
                        Duration.ofHours(24),
                        Duration.ofSeconds(1),
                        Duration.ofSeconds(2),
                        10_000,
                        10_000));
    }

    private String stranger() {
        return KeyText.made(random, Set.of(Scope.INGEST));
    }

    private double counted(String from) {
        return registry.get("millrace.keys.lookups").tag("from", from).counter().count();
    }

    private @Nullable KeyAnswer find() {
        return cache.find(text).block();
    }

    private Mono<Optional<ApiKey>> asked(byte[] hash) {
        return Mono.defer(() -> {
            lookups.incrementAndGet();
            return database;
        });
    }

    private static ApiKey key(@Nullable Instant expiresAt, @Nullable Instant revokedAt) {
        return new ApiKey(
                new UUID(0, 1),
                new Tenant("shop"),
                "mr_i_abcdef",
                "",
                Set.of(Scope.INGEST),
                List.of(),
                Instant.EPOCH,
                expiresAt,
                revokedAt);
    }
}
