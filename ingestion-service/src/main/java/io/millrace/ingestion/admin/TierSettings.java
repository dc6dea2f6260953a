package io.millrace.ingestion.admin;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many administrative calls one address may make to one instance within any minute, each 1 to {@value #CALLS_MAX}.
 * Enough for people and for what sets an installation up, too little for a script that has gone wild.
 *
 * @param strict calls that revoke or delete; 10
 * @param standard calls that read or set; 100
 * @param generation calls that make or rotate tenants and keys; 20
 * @param auth wrong tokens; 5
 */
@ConfigurationProperties("millrace.admin.limits")
record TierSettings(
        @DefaultValue("10") int strict,
        @DefaultValue("100") int standard,
        @DefaultValue("20") int generation,
        @DefaultValue("5") int auth) {
    /** What is remembered of an address then takes about 300 KB. */
    private static final int CALLS_MAX = 10_000;

    public TierSettings {
        for (int calls : new int[] {strict, standard, generation, auth}) {
            if (calls < 1 || calls > CALLS_MAX) {
                throw new IllegalArgumentException(
                        "numbers under millrace.admin.limits must lie between 1 and " + CALLS_MAX);
            }
        }
    }

    int of(Tier tier) {
        return switch (tier) {
            case STRICT -> strict;
            case STANDARD -> standard;
            case GENERATION -> generation;
            case AUTH -> auth;
        };
    }
}
