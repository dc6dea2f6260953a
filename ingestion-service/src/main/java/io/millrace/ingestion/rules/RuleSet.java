package io.millrace.ingestion.rules;

import io.millrace.ingestion.rules.EventRule.Requirement;
import io.millrace.log.Tenant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** All tenants' rules at a moment, ready for use. Immutable. */
public final class RuleSet {
    private static final Logger LOG = LoggerFactory.getLogger(RuleSet.class);

    /** No rules at all. */
    static final RuleSet NONE = new RuleSet(Map.of(), Map.of());

    private final Map<Tenant, TenantRules> tenants;

    /** By their texts; empty where one cannot be used. */
    private final Map<String, Optional<EventSchema>> schemas;

    private RuleSet(Map<Tenant, TenantRules> tenants, Map<String, Optional<EventSchema>> schemas) {
        this.tenants = Map.copyOf(tenants);
        this.schemas = Map.copyOf(schemas);
    }

    /** {@return these rules} Schemas that another set has are not made again. */
    static RuleSet of(List<StoredRule> rules, SchemaCompiler compiler, RuleSet before) {
        Map<String, Optional<EventSchema>> schemas = new HashMap<>();
        Map<Tenant, Map<String, ReadyRule>> tenants = new HashMap<>();
        for (StoredRule stored : rules) {
            Requirement requirement = stored.rule().requirement();
            Optional<EventSchema> schema = requirement == null
                    ? Optional.empty()
                    : schemas.computeIfAbsent(requirement.schema(), text -> {
                        var known = before.schemas.get(text);
                        return known == null ? compiled(stored, text, compiler) : known;
                    });
            tenants.computeIfAbsent(stored.tenant(), _ -> new HashMap<>())
                    .put(stored.rule().eventType(), new ReadyRule(stored.rule(), schema));
        }
        Map<Tenant, TenantRules> ready = new HashMap<>();
        tenants.forEach((tenant, byType) -> ready.put(tenant, new TenantRules(tenant, byType)));
        return new RuleSet(ready, schemas);
    }

    /** It could be used when it was stored, so this is a release that knows less, or a hand was in the database. */
    private static Optional<EventSchema> compiled(StoredRule stored, String text, SchemaCompiler compiler) {
        try {
            return Optional.of(compiler.compile(text));
        } catch (IllegalArgumentException e) {
            LOG.error(
                    "the rule of tenant {} for {} cannot be used",
                    stored.tenant(),
                    stored.rule().eventType(),
                    e);
            return Optional.empty();
        }
    }

    /** {@return a tenant's rules, which may be none} */
    public TenantRules of(Tenant tenant) {
        TenantRules rules = tenants.get(tenant);
        return rules == null ? TenantRules.none(tenant) : rules;
    }

    int size() {
        return tenants.values().stream().mapToInt(TenantRules::size).sum();
    }

    /** {@return how many rules there are of which nobody can say what they say} */
    int unusable() {
        return tenants.values().stream().mapToInt(TenantRules::unusable).sum();
    }
}
