package io.millrace.kit.access;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Remembers what the database said about keys, by their hashes. One look-up per key at a time, however many requests
 * wait for it. That the database is away is logged by its health, once; here it is counted. While PostgreSQL is away, known
 * keys go on being served for {@link KeySettings#stale()}.
 */
final class KeyCache {
    private static final Logger LOG = LoggerFactory.getLogger(KeyCache.class);

    private final KeyLookup database;
    private final KeySettings settings;
    private final Clock clock;
    private final KeyMetrics metrics;
    private final Cache<String, Remembered> known;
    private final Cache<String, Instant> unknown;
    private final ConcurrentMap<String, Mono<KeyAnswer>> running = new ConcurrentHashMap<>();

    /** How often something was doubted: what was asked before that may have been answered before the change. */
    private final AtomicLong doubts = new AtomicLong();

    KeyCache(KeyLookup database, KeySettings settings, Clock clock, KeyMetrics metrics) {
        this.database = database;
        this.metrics = metrics;
        this.settings = settings;
        this.clock = clock;
        this.known = bounded(settings.knownMax(), settings.stale());
        this.unknown = bounded(settings.unknownMax(), settings.fresh());
    }

    /** {@return what is known about the key of that text; never fails for trouble with the database} */
    Mono<KeyAnswer> find(String text) {
        if (!KeyText.wellFormed(text)) {
            return Mono.just(new KeyAnswer.Unknown());
        }
        byte[] hash = KeyText.hash(text);
        String name = HexFormat.of().formatHex(hash);
        Instant now = clock.instant();
        Remembered remembered = known.getIfPresent(name);
        if (remembered != null && now.isBefore(remembered.askAgainAt())) {
            metrics.fromMemory();
            return Mono.just(answer(remembered.key(), now));
        }
        Instant unknownUntil = unknown.getIfPresent(name);
        if (unknownUntil != null && now.isBefore(unknownUntil)) {
            metrics.fromMemory();
            return Mono.just(new KeyAnswer.Unknown());
        }
        return running.computeIfAbsent(name, _ -> lookup(name, hash));
    }

    /** Whether there is a key that would be served with PostgreSQL away. */
    boolean servesWithoutDatabase() {
        Instant now = clock.instant();
        return known.asMap().values().stream()
                .anyMatch(remembered ->
                        now.isBefore(remembered.staleAt()) && answer(remembered.key(), now) instanceof KeyAnswer.Known);
    }

    /** The key of that hash, in hexadecimal, has changed: whoever sends it next is looked up. */
    void doubt(String name) {
        doubts.incrementAndGet();
        running.remove(name);
        askAgain(name);
    }

    /** Any key may have changed. */
    void doubtAll() {
        doubts.incrementAndGet();
        running.clear();
        unknown.invalidateAll();
        known.asMap().replaceAll((_, remembered) -> remembered.doubted());
    }

    private void askAgain(String name) {
        unknown.invalidate(name);
        known.asMap().computeIfPresent(name, (_, remembered) -> remembered.doubted());
    }

    private Mono<KeyAnswer> lookup(String name, byte[] hash) {
        long doubtsBefore = doubts.get();
        return database.find(hash)
                .map(found -> remember(name, found, doubtsBefore))
                .onErrorResume(KeyLookup::isAway, error -> Mono.just(withoutDatabase(name, error)))
                .doFinally(_ -> running.remove(name))
                .cache();
    }

    private KeyAnswer remember(String name, Optional<ApiKey> found, long doubtsBefore) {
        metrics.fromDatabase();
        Instant now = clock.instant();
        if (found.isEmpty()) {
            known.invalidate(name);
            unknown.put(name, now.plus(settings.fresh()));
        } else {
            unknown.invalidate(name);
            known.put(name, new Remembered(found.get(), now.plus(settings.fresh()), now.plus(settings.stale())));
        }
        if (doubts.get() != doubtsBefore) {
            askAgain(name);
        }
        return found.isEmpty() ? new KeyAnswer.Unknown() : answer(found.get(), now);
    }

    private KeyAnswer withoutDatabase(String name, Throwable error) {
        Instant now = clock.instant();
        Remembered remembered = known.getIfPresent(name);
        if (remembered == null || !now.isBefore(remembered.staleAt())) {
            metrics.unavailable();
            LOG.debug("a key cannot be looked up", error);
            return new KeyAnswer.Unavailable();
        }
        metrics.stale();
        LOG.debug("key {} is served from memory", remembered.key().id(), error);
        known.put(name, new Remembered(remembered.key(), now.plus(settings.retry()), remembered.staleAt()));
        return answer(remembered.key(), now);
    }

    /** Expiry is judged at each use, so it needs no look-up. */
    private static KeyAnswer answer(ApiKey key, Instant now) {
        return key.inForceAt(now) ? new KeyAnswer.Known(key) : new KeyAnswer.Unknown();
    }

    private <V> Cache<String, V> bounded(int entriesMax, Duration lifetime) {
        return Caffeine.newBuilder()
                .maximumSize(entriesMax)
                .expireAfterWrite(lifetime)
                .ticker(() -> TimeUnit.MILLISECONDS.toNanos(clock.millis()))
                .build();
    }

    /**
     * @param askAgainAt until when it is served without asking
     * @param staleAt until when it is served if asking fails
     */
    private record Remembered(ApiKey key, Instant askAgainAt, Instant staleAt) {
        Remembered doubted() {
            return new Remembered(key, Instant.EPOCH, staleAt);
        }
    }
}
