package io.millrace.analytics.history;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.store.StorageState;
import io.millrace.analytics.store.StoredResult;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.publisher.Mono;

/**
 * Stored results, kept for the next who asks the same. A result is what the log's beginning comes to, and stays that: it
 * may be kept for as long as ClickHouse's content is the one it was read from, and the tail adds what came since. Equal
 * questions that come at the same time are asked once.
 */
public final class History {
    private static final Logger LOG = LoggerFactory.getLogger(History.class);

    private final Function<Question, Mono<StoredResult>> store;
    private final Supplier<Optional<StorageState>> latest;
    private final HistorySettings settings;
    private final HistoryMeters meters;
    private final Ticker nanos;
    private final Cache<Question, Kept> kept;
    private final ConcurrentMap<Question, Mono<StoredResult>> running = new ConcurrentHashMap<>();

    /**
     * Keeps results.
     *
     * @param store reads one
     * @param latest the state that ClickHouse had a moment ago, if it was reached
     */
    public History(
            Function<Question, Mono<StoredResult>> store,
            Supplier<Optional<StorageState>> latest,
            HistorySettings settings,
            HistoryMeters meters,
            Ticker nanos) {
        this.store = store;
        this.latest = latest;
        this.settings = settings;
        this.meters = meters;
        this.nanos = nanos;
        this.kept = Caffeine.newBuilder()
                .maximumWeight(settings.memoryMax().toBytes())
                .weigher((Question question, Kept one) ->
                        (int) Math.min(one.result().bytes(), Integer.MAX_VALUE))
                .expireAfterWrite(settings.keepMax())
                .ticker(nanos)
                // At once and by whoever puts something in, so that the limit always holds.
                .executor(Runnable::run)
                .build();
        meters.watch(
                kept::estimatedSize,
                () -> kept.policy().eviction().orElseThrow().weightedSize().orElse(0));
    }

    private record Kept(StoredResult result, long readAtNanos) {}

    /**
     * Finds a stored result.
     *
     * @param isLive whether the tails join that result in every partition; one that is not live is soon too old
     * @return one that is still what ClickHouse has; fails with a problem of the store when there is none
     */
    public Mono<StoredResult> find(Question question, Predicate<StoredResult> isLive) {
        Kept found = kept.getIfPresent(question);
        if (found == null || !isStill(found.result())) {
            meters.missed();
            return read(question);
        }
        Duration age = Duration.ofNanos(nanos.read() - found.readAtNanos());
        if (isLive.test(found.result())) {
            if (age.compareTo(settings.refreshAfter()) > 0) {
                refresh(question);
            }
            meters.hit();
            return Mono.just(found.result());
        }
        if (age.compareTo(settings.withoutTailAfter()) <= 0) {
            meters.hit();
            return Mono.just(found.result());
        }
        return read(question)
                .doOnNext(_ -> meters.missed())
                .timeout(settings.patience())
                .onErrorResume(failure -> {
                    LOG.debug("a kept result stands in", failure);
                    meters.stoodIn();
                    return Mono.just(found.result());
                });
    }

    /** {@return the result read anew; fails with a problem of the store} */
    public Mono<StoredResult> read(Question question) {
        return running.computeIfAbsent(question, this::reading);
    }

    private Mono<StoredResult> reading(Question question) {
        return store.apply(question)
                .doOnNext(result -> keep(question, result))
                .doFinally(_ -> running.remove(question))
                .flux()
                // Ended when the last who asked has gone, and not before.
                .replay(1)
                .refCount()
                .singleOrEmpty();
    }

    private void refresh(Question question) {
        if (!running.containsKey(question)) {
            meters.refreshed();
            read(question).subscribe(_ -> {}, failure -> LOG.debug("a kept result could not be read anew", failure));
        }
    }

    private void keep(Question question, StoredResult result) {
        if (result.settled() && settings.memoryMax().toBytes() > 0) {
            kept.put(question, new Kept(result, nanos.read()));
        }
    }

    /** Whether days were replaced or dropped since it was read. While ClickHouse is away, nothing can have been. */
    private boolean isStill(StoredResult result) {
        return latest.get().filter(now -> result.state().isSameStorageAs(now)).isPresent();
    }
}
