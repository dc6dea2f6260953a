package io.millrace.ingestion.admin;

import io.millrace.ingestion.quota.Quota;
import io.millrace.kit.access.ApiKey;
import io.millrace.kit.access.KeyRequest;
import io.millrace.kit.access.Scope;
import io.millrace.kit.access.TenantAccount;
import io.millrace.kit.problem.Problems;
import io.millrace.log.Tenant;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The JSON of the administration API. What is wrong with a request is said in its 400. */
final class AdminJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    /** Long enough to bring a new key to all who send. */
    private static final Duration GRACE_DEFAULT = Duration.ofHours(24);

    private static final Duration GRACE_MAX = Duration.ofDays(365);

    private static final String EVENTS_PER_SECOND = "events_per_second";
    private static final String BYTES_PER_SECOND = "bytes_per_second";
    private static final String BURST_SECONDS = "burst_seconds";

    private AdminJson() {}

    /**
     * A tenant to be made.
     *
     * @param name the id when none was given
     */
    record NewTenant(Tenant tenant, String name) {}

    static NewTenant newTenant(byte[] body) {
        JsonNode object = object(body, Set.of("tenant", "name"));
        String tenant = text(object, "tenant");
        if (tenant == null || !Tenant.isValid(tenant)) {
            throw invalid("tenant must be 1 to 63 of a-z, 0-9, - and _, starting with a letter or digit");
        }
        String name = text(object, "name");
        if (name != null && (name.isBlank() || name.length() > TenantAccount.NAME_CHARACTERS_MAX)) {
            throw invalid("name must have 1 to " + TenantAccount.NAME_CHARACTERS_MAX + " characters");
        }
        return new NewTenant(new Tenant(tenant), name == null ? tenant : name);
    }

    static KeyRequest newKey(byte[] body) {
        JsonNode object = object(body, Set.of("label", "scopes", "origins", "expires_at"));
        String label = text(object, "label");
        Set<Scope> scopes = new TreeSet<>();
        for (String scope : texts(object, "scopes")) {
            scopes.add(Scope.of(scope).orElseThrow(() -> invalid("scopes must be of ingest, query and admin")));
        }
        try {
            return new KeyRequest(
                    label == null ? "" : label, scopes, texts(object, "origins"), instant(object, "expires_at"));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        }
    }

    /** How long a key that is replaced goes on being good. */
    static Duration grace(byte[] body) {
        JsonNode seconds = object(body, Set.of("grace_seconds")).get("grace_seconds");
        if (seconds == null || seconds.isNull()) {
            return GRACE_DEFAULT;
        }
        if (!seconds.isIntegralNumber()
                || !seconds.canConvertToInt()
                || seconds.intValue() < 0
                || seconds.intValue() > GRACE_MAX.toSeconds()) {
            throw invalid("grace_seconds must be a whole number from 0 to " + GRACE_MAX.toSeconds());
        }
        return Duration.ofSeconds(seconds.intValue());
    }

    static Quota quota(byte[] body) {
        JsonNode object = object(body, Set.of(EVENTS_PER_SECOND, BYTES_PER_SECOND, BURST_SECONDS));
        Long burstSeconds = whole(object, BURST_SECONDS);
        try {
            return new Quota(
                    whole(object, EVENTS_PER_SECOND),
                    whole(object, BYTES_PER_SECOND),
                    burstSeconds == null ? Quota.BURST_SECONDS_DEFAULT : Math.toIntExact(burstSeconds));
        } catch (IllegalArgumentException e) {
            throw invalid(String.valueOf(e.getMessage()));
        } catch (ArithmeticException e) {
            throw invalid(BURST_SECONDS + " must lie between 1 and " + Quota.BURST_SECONDS_MAX);
        }
    }

    static Map<String, Object> of(Tenant tenant, Quota quota) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tenant", tenant.name());
        putIfPresent(json, EVENTS_PER_SECOND, quota.eventsPerSecond());
        putIfPresent(json, BYTES_PER_SECOND, quota.bytesPerSecond());
        json.put(BURST_SECONDS, quota.burstSeconds());
        return json;
    }

    static Map<String, Object> of(TenantAccount account) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("tenant", account.tenant().name());
        json.put("name", account.name());
        json.put("created_at", account.createdAt().toString());
        putIfPresent(json, "disabled_at", account.disabledAt());
        return json;
    }

    static Map<String, Object> of(ApiKey key) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", key.id().toString());
        json.put("tenant", key.tenant().name());
        json.put("prefix", key.prefix());
        json.put("label", key.label());
        json.put("scopes", key.scopes().stream().sorted().map(Scope::text).toList());
        json.put("origins", key.origins());
        json.put("created_at", key.createdAt().toString());
        putIfPresent(json, "expires_at", key.expiresAt());
        putIfPresent(json, "revoked_at", key.revokedAt());
        return json;
    }

    private static void putIfPresent(Map<String, Object> json, String name, @Nullable Instant instant) {
        if (instant != null) {
            json.put(name, instant.toString());
        }
    }

    private static void putIfPresent(Map<String, Object> json, String name, @Nullable Long number) {
        if (number != null) {
            json.put(name, number);
        }
    }

    static JsonNode object(byte[] body, Set<String> names) {
        JsonNode node;
        try {
            node = JSON.readTree(body);
        } catch (JacksonException e) {
            throw invalid("the body must be a JSON object");
        }
        if (!node.isObject()) {
            throw invalid("the body must be a JSON object");
        }
        for (String name : node.propertyNames()) {
            if (!names.contains(name)) {
                throw invalid("the fields are " + String.join(", ", new TreeSet<>(names)));
            }
        }
        return node;
    }

    private static @Nullable Long whole(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isIntegralNumber() || !value.canConvertToLong()) {
            throw invalid(name + " must be a whole number");
        }
        return value.longValue();
    }

    static @Nullable String text(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return null;
        }
        if (!value.isString()) {
            throw invalid(name + " must be a string");
        }
        return value.stringValue();
    }

    private static List<String> texts(JsonNode object, String name) {
        JsonNode value = object.get(name);
        if (value == null || value.isNull()) {
            return List.of();
        }
        if (!value.isArray() || !value.valueStream().allMatch(JsonNode::isString)) {
            throw invalid(name + " must be an array of strings");
        }
        return value.valueStream().map(JsonNode::stringValue).toList();
    }

    private static @Nullable Instant instant(JsonNode object, String name) {
        String text = text(object, name);
        try {
            return text == null ? null : OffsetDateTime.parse(text).toInstant();
        } catch (DateTimeException e) {
            throw invalid(name + " must be a time in RFC 3339");
        }
    }

    static RuntimeException invalid(String detail) {
        return Problems.requestInvalid().withDetail(detail).toException();
    }
}
