package io.millrace.ingestion.rules;

import io.millrace.ingestion.rules.RuleWatch.Reading;
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
    private final RuleWatch watch;
    private final BooleanSupplier listening;
    private final RulesSettings settings;
    private final Clock clock;

    /**
     * Health of what is known about rules.
     *
     * @param listening whether a change is heard of at once
     */
    RulesHealth(RuleWatch watch, BooleanSupplier listening, RulesSettings settings, Clock clock) {
        this.watch = watch;
        this.listening = listening;
        this.settings = settings;
        this.clock = clock;
    }

    @Override
    public Mono<Health> health() {
        return Mono.fromSupplier(() -> watch.latest()
                .map(this::judge)
                .orElseGet(() -> Health.down()
                        .withDetail("reason", "rules could not be read from PostgreSQL yet")
                        .build()));
    }

    private Health judge(Reading reading) {
        Duration age = Duration.between(reading.asOf(), clock.instant());
        Duration oldest = settings.refresh().plus(settings.readTimeout()).multipliedBy(2);
        int unusable = reading.rules().unusable();
        return Health.up()
                .withDetail("degraded", age.compareTo(oldest) > 0 || unusable > 0)
                .withDetail("hears_of_changes", listening.getAsBoolean())
                .withDetail("age_seconds", age.toSeconds())
                .withDetail("rules", reading.rules().size())
                .withDetail("unusable", unusable)
                .build();
    }
}
