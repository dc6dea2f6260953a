package io.millrace.ingestion.rules;

import java.time.Duration;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How rules are read and applied.
 *
 * @param refresh after which all are read again, told of a change or not: the longest an old rule lives on where that
 *     cannot be heard, while PostgreSQL answers; 10 s
 * @param readTimeout for reading them all; 5 s, then PostgreSQL counts as away and the rules stay as they are
 * @param schemaStepsMax schemas and keywords that one event may be held against, 100,000; beyond, it does not match
 */
@ConfigurationProperties("millrace.ingestion.rules")
record RulesSettings(
        @DefaultValue("10s") Duration refresh,
        @DefaultValue("5s") Duration readTimeout,
        @DefaultValue("100000") long schemaStepsMax) {

    public RulesSettings {
        for (Duration duration : List.of(refresh, readTimeout)) {
            if (duration.toMillis() < 1) {
                throw new IllegalArgumentException("durations under millrace.ingestion.rules must be at least 1ms");
            }
        }
        if (schemaStepsMax < 1) {
            throw new IllegalArgumentException("millrace.ingestion.rules.schema-steps-max must be at least 1");
        }
    }
}
