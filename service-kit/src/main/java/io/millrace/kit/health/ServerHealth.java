package io.millrace.kit.health;

import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Whether a server answers: asked within a bound, and not again while the answer is fresh, however many ask. A change
 * is logged once; what the client sees names no address.
 */
final class ServerHealth implements ReactiveHealthIndicator {
    private static final Logger LOG = LoggerFactory.getLogger(ServerHealth.class);

    private final String server;
    private final AtomicBoolean away = new AtomicBoolean();
    private final Mono<Health> health;

    /**
     * A check that is made by subscribing to {@code probe}.
     *
     * @param server its name, for people
     * @param probe completes with details when the server answers, fails when it does not
     */
    ServerHealth(String server, Mono<? extends Map<String, ?>> probe, HealthSettings settings) {
        this.server = server;
        this.health = Mono.defer(() -> probe)
                .timeout(settings.timeout())
                .map(details -> up(Map.copyOf(details)))
                .onErrorResume(error -> Mono.just(down(error, settings)))
                .cache(settings.fresh());
    }

    @Override
    public Mono<Health> health() {
        return health;
    }

    private Health up(Map<String, ?> details) {
        if (away.compareAndSet(true, false)) {
            LOG.info("{} answers again", server);
        }
        return Health.up().withDetails(details).build();
    }

    private Health down(Throwable error, HealthSettings settings) {
        if (away.compareAndSet(false, true)) {
            LOG.warn("{} does not answer: {}", server, error.toString());
        }
        String why = error instanceof TimeoutException
                ? "no answer within " + settings.timeout()
                : error.getClass().getSimpleName();
        return Health.down().withDetail("error", why).build();
    }
}
