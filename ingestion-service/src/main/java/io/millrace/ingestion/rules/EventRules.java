package io.millrace.ingestion.rules;

import io.millrace.ingestion.rules.EventRule.Requirement;
import io.millrace.log.Tenant;
import io.r2dbc.spi.Parameter;
import io.r2dbc.spi.Parameters;
import io.r2dbc.spi.Readable;
import java.time.Instant;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** The table {@code event_rules}. Every method is one statement, and repeating it changes nothing. */
public final class EventRules {
    /** Rules of one tenant. */
    public static final int TENANT_RULES_MAX = 100;

    /** Rules of all tenants, which every door keeps in memory. */
    public static final int RULES_MAX = 10_000;

    /** Bytes of all schemas together. */
    public static final int SCHEMAS_BYTES_MAX = 16 * 1024 * 1024;

    private static final String COLUMNS =
            "tenant, event_type, drop_events, sample_one_in, json_schema, on_mismatch, created_at, updated_at";

    private final DatabaseClient postgres;
    private final DatabaseClient unpooled;

    /**
     * The table.
     *
     * @param unpooled connects for every question
     */
    EventRules(DatabaseClient postgres, DatabaseClient unpooled) {
        this.postgres = postgres;
        this.unpooled = unpooled;
    }

    /** {@return all rules of all tenants} */
    Flux<StoredRule> all() {
        return unpooled.sql("SELECT " + COLUMNS + " FROM event_rules")
                .map(EventRules::read)
                .all();
    }

    /** {@return a tenant's rules, by event type} */
    public Flux<StoredRule> list(Tenant tenant) {
        return postgres.sql("SELECT " + COLUMNS + " FROM event_rules WHERE tenant = :tenant ORDER BY event_type")
                .bind("tenant", tenant.name())
                .map(EventRules::read)
                .all();
    }

    /**
     * Makes a rule, or puts it in the place of the one that its event type has.
     *
     * @param tenant one that there is
     * @return the rule; empty when there are too many, of the tenant or in all
     */
    public Mono<StoredRule> put(Tenant tenant, EventRule rule) {
        Requirement requirement = rule.requirement();
        return postgres.sql("""
                        INSERT INTO event_rules (tenant, event_type, drop_events, sample_one_in, json_schema, on_mismatch)
                        SELECT :tenant, :event_type, :drop_events, :sample_one_in, :json_schema, :on_mismatch
                        FROM (
                            SELECT count(*) AS rules, count(*) FILTER (WHERE tenant = :tenant) AS of_tenant,
                                coalesce(sum(octet_length(json_schema)), 0) AS bytes
                            FROM event_rules WHERE tenant <> :tenant OR event_type <> :event_type
                        ) others
                        WHERE rules < %d AND of_tenant < %d AND bytes + coalesce(octet_length(:json_schema), 0) <= %d
                        ON CONFLICT (tenant, event_type) DO UPDATE SET drop_events = excluded.drop_events,
                            sample_one_in = excluded.sample_one_in, json_schema = excluded.json_schema,
                            on_mismatch = excluded.on_mismatch, updated_at = now()
                        RETURNING %s""".formatted(RULES_MAX, TENANT_RULES_MAX, SCHEMAS_BYTES_MAX, COLUMNS))
                .bind("tenant", tenant.name())
                .bind("event_type", rule.eventType())
                .bind("drop_events", rule.drop())
                .bind("sample_one_in", rule.sampleOneIn())
                .bind("json_schema", nullable(requirement == null ? null : requirement.schema()))
                .bind(
                        "on_mismatch",
                        nullable(
                                requirement == null
                                        ? null
                                        : requirement.onMismatch().text()))
                .map(EventRules::read)
                .one();
    }

    /** {@return whether there was such a rule, which there is no more} */
    public Mono<Boolean> delete(Tenant tenant, String eventType) {
        return postgres.sql("DELETE FROM event_rules WHERE tenant = :tenant AND event_type = :event_type")
                .bind("tenant", tenant.name())
                .bind("event_type", eventType)
                .fetch()
                .rowsUpdated()
                .map(rows -> rows > 0);
    }

    private static Parameter nullable(@Nullable String text) {
        return text == null ? Parameters.in(String.class) : Parameters.in(text);
    }

    private static StoredRule read(Readable row) {
        String schema = row.get("json_schema", String.class);
        Requirement requirement = schema == null
                ? null
                : new Requirement(
                        schema,
                        OnMismatch.of(required(row, "on_mismatch", String.class))
                                .orElseThrow());
        return new StoredRule(
                new Tenant(required(row, "tenant", String.class)),
                new EventRule(
                        required(row, "event_type", String.class),
                        required(row, "drop_events", Boolean.class),
                        required(row, "sample_one_in", Integer.class),
                        requirement),
                required(row, "created_at", Instant.class),
                required(row, "updated_at", Instant.class));
    }

    private static <T> T required(Readable row, String column, Class<T> type) {
        return Objects.requireNonNull(row.get(column, type), column);
    }
}
