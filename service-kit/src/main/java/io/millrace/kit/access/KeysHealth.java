package io.millrace.kit.access;

import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;

/**
 * Health component {@code keys}: whether callers can be told apart. With PostgreSQL away it is up as long as there are
 * keys in memory, and says that it is degraded.
 */
final class KeysHealth implements ReactiveHealthIndicator {
    private final ReactiveHealthIndicator postgres;
    private final KeyCache keys;
    private final BooleanSupplier listening;

    /**
     * Health of what is known about keys.
     *
     * @param listening whether a revocation is heard of at once
     */
    KeysHealth(ReactiveHealthIndicator postgres, KeyCache keys, BooleanSupplier listening) {
        this.postgres = postgres;
        this.keys = keys;
        this.listening = listening;
    }

    @Override
    public Mono<Health> health() {
        return postgres.health().map(this::judge);
    }

    private Health judge(Health database) {
        if (Status.UP.equals(database.getStatus())) {
            return Health.up()
                    .withDetail("degraded", false)
                    .withDetail("hears_of_changes", listening.getAsBoolean())
                    .build();
        }
        if (keys.servesWithoutDatabase()) {
            return Health.up()
                    .withDetail("degraded", true)
                    .withDetail("reason", "PostgreSQL is away: keys in memory are served, others get 503")
                    .build();
        }
        return Health.down()
                .withDetail("reason", "PostgreSQL is away and no key is in memory")
                .build();
    }
}
