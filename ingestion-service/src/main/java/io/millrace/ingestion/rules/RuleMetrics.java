package io.millrace.ingestion.rules;

import io.millrace.kit.metrics.Meters;
import java.time.Clock;
import java.time.Duration;

/** What is known of rules. What they do is counted where it is done. */
final class RuleMetrics {
    private RuleMetrics() {}

    static void register(Meters meters, KnownRules known, Clock clock) {
        meters.gauge(
                "millrace.ingestion.rules",
                "Rules of all tenants",
                "rules",
                () -> known.latest().map(reading -> reading.value().size()).orElse(0));
        meters.gauge(
                "millrace.ingestion.unusable.rules",
                "Rules that this release cannot use: events they are for are refused with 503",
                "rules",
                () -> known.latest().map(reading -> reading.value().unusable()).orElse(0));
        meters.gauge(
                "millrace.ingestion.rules.age",
                "Time since the rules in force were read; not a number before the first reading",
                "seconds",
                () -> known.latest()
                        .map(reading -> Duration.between(reading.asOf(), clock.instant())
                                        .toMillis()
                                / 1e3)
                        .orElse(Double.NaN));
    }
}
