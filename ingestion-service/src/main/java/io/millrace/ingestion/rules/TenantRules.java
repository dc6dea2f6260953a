package io.millrace.ingestion.rules;

import io.millrace.event.Event;
import io.millrace.log.Tenant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A tenant's rules at a moment. */
public final class TenantRules {
    private final Tenant tenant;
    private final Map<String, ReadyRule> byType;
    private final @Nullable ReadyRule ofOthers;

    TenantRules(Tenant tenant, Map<String, ReadyRule> byType) {
        this.tenant = tenant;
        this.byType = Map.copyOf(byType);
        this.ofOthers = byType.get(EventRule.ANY);
    }

    /** {@return the rules of a tenant that has none} */
    public static TenantRules none(Tenant tenant) {
        return new TenantRules(tenant, Map.of());
    }

    /**
     * Decides by the rule of the event's type or, where it has none, by that of all others.
     *
     * @param event with an id
     */
    public Decision decide(Event event) {
        ReadyRule own = byType.get(event.type());
        ReadyRule rule = own == null ? ofOthers : own;
        return rule == null ? new Decision.LetIn(event) : rule.decide(tenant, event);
    }

    int size() {
        return byType.size();
    }

    int unusable() {
        return (int) byType.values().stream().filter(ReadyRule::isUnusable).count();
    }
}
