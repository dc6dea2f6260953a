package io.millrace.ingestion.rules;

import io.millrace.ingestion.rules.EventRule.Requirement;
import io.millrace.log.Tenant;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;

/** Rules for tests. */
public final class SomeRules {
    static final SchemaCompiler COMPILER = new SchemaCompiler(100_000);

    private SomeRules() {}

    public static EventRule drop(String type) {
        return new EventRule(type, true, 1, null);
    }

    public static EventRule sample(String type, int oneIn) {
        return new EventRule(type, false, oneIn, null);
    }

    public static EventRule require(String type, String schema, OnMismatch onMismatch) {
        return new EventRule(type, false, 1, new Requirement(schema.replace('\'', '"'), onMismatch));
    }

    /** A tenant's rules, ready for use. */
    public static TenantRules of(Tenant tenant, EventRule... rules) {
        return set(tenant, rules).of(tenant);
    }

    static RuleSet set(Tenant tenant, EventRule... rules) {
        return RuleSet.of(stored(tenant, rules), COMPILER, RuleSet.NONE);
    }

    static List<StoredRule> stored(Tenant tenant, EventRule... rules) {
        return Stream.of(rules)
                .map(rule -> new StoredRule(tenant, rule, Instant.EPOCH, Instant.EPOCH))
                .toList();
    }
}
