package io.millrace.ingestion.quota;

import io.millrace.kit.connection.PostgresListener;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import reactor.core.Disposable;
import reactor.core.publisher.Mono;
import reactor.core.publisher.Sinks;
import reactor.util.retry.Retry;

/**
 * The quotas of all tenants, in memory. When one has changed all are read, one reading at a time; what changes while they are
 * read is found by one more. While PostgreSQL is away they stay what they were.
 */
final class KnownQuotas implements PostgresListener {
    private static final Logger LOG = LoggerFactory.getLogger(KnownQuotas.class);
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Mono<Map<Tenant, Quota>> database;
    private final @Nullable Quota byDefault;
    private final Sinks.Many<Boolean> asked = Sinks.many().multicast().directBestEffort();
    private volatile Map<Tenant, Quota> known = Map.of();

    /**
     * Knows nothing yet.
     *
     * @param database all quotas, read anew for each subscriber
     * @param byDefault of a tenant that has none of its own; null for none
     */
    KnownQuotas(Mono<Map<Tenant, Quota>> database, @Nullable Quota byDefault) {
        this.database = database.timeout(ANSWER_WITHIN);
        this.byDefault = byDefault;
    }

    /** Whether nobody has a quota. */
    boolean isEmpty() {
        return byDefault == null && known.isEmpty();
    }

    /** {@return the tenant's quota; null for none} */
    @Nullable
    Quota of(Tenant tenant) {
        Quota own = known.get(tenant);
        return own == null ? byDefault : own;
    }

    /** Reads them once, and waits for it, a while. */
    void readFirst() {
        database.doOnNext(this::replace)
                .doOnError(error -> LOG.warn("quotas cannot be read yet, so there are none: {}", error.toString()))
                .onErrorComplete()
                .block();
    }

    /** Begins to read them when asked to. {@return what ends that} */
    Disposable start() {
        return asked.asFlux()
                .onBackpressureLatest()
                .concatMap(_ -> database.retryWhen(Retry.fixedDelay(Long.MAX_VALUE, RETRY)), 0)
                .subscribe(this::replace);
    }

    /** Reads them again. Does not wait for it. */
    void read() {
        asked.emitNext(true, Sinks.EmitFailureHandler.busyLooping(ANSWER_WITHIN));
    }

    private void replace(Map<Tenant, Quota> all) {
        if (all.size() == TenantQuotas.ALL_MAX && known.size() < all.size()) {
            LOG.error("there are more than {} quotas, and the others are not kept", TenantQuotas.ALL_MAX);
        }
        known = Map.copyOf(all);
    }

    /** As {@code V5__quotas.sql} has it. */
    @Override
    public String channel() {
        return "millrace_quotas";
    }

    @Override
    public void told(String payload) {
        read();
    }

    @Override
    public void listening() {
        read();
    }
}
