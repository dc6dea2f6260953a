package io.millrace.ingestion.rules;

import io.millrace.kit.connection.PostgresCopy.Reading;
import java.time.Clock;
import java.time.Duration;
import java.util.function.BooleanSupplier;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.ReactiveHealthIndicator;
import reactor.core.publisher.Mono;

/**
 * Health component {@code rules}: whether tenants' rules are known, and since when. It is up with old ones, and says that
 * it is degraded.
 */
final class RulesHealth implements ReactiveHealthIndicator {
    private final KnownRules known;
    private final BooleanSupplier listening;
    private final RulesSettings settings;
    private final Clock clock;

    /**
     * Health of what is known about rules.
     *
     * @param listening whether a change is heard of at once
     */
    RulesHealth(KnownRules known, BooleanSupplier listening, RulesSettings settings, Clock clock) {
        this.known = known;
        this.listening = listening;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> known.latest()
                .map(this::judge)
                .orElseGet(() -> Health.down()
                        .withDetail("reason", "rules could not be read from PostgreSQL yet")
                        .build()));
    }

    private Health judge(Reading<RuleSet> reading) {
        Duration age = Duration.between(reading.asOf(), clock.instant());
        Duration oldest = settings.refresh().plus(settings.readTimeout()).multipliedBy(2);
        int unusable = reading.value().unusable();
        return Health.up()
                .withDetail("degraded", age.compareTo(oldest) > 0 || unusable > 0)
                .withDetail("hears_of_changes", listening.getAsBoolean())
                .withDetail("age_seconds", age.toSeconds())
                .withDetail("rules", reading.value().size())
                .withDetail("unusable", unusable)
                .build();
    }
}
