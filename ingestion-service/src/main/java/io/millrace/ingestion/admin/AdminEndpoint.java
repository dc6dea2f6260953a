package io.millrace.ingestion.admin;

import io.millrace.kit.access.ApiKeys;
import io.millrace.kit.access.IssuedKey;
import io.millrace.kit.access.KeyRequest;
import io.millrace.kit.access.Tenants;
import io.millrace.kit.problem.OtherMethods;
import io.millrace.kit.problem.Problem;
import io.millrace.log.Tenant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/**
 * Tenants and keys. Every request is one statement in PostgreSQL: it is done or it is not. Sent again, making a tenant
 * answers 409, making or rotating a key makes a further one, revoking answers as before.
 */
final class AdminEndpoint {
    private static final String TENANTS = "/admin/v1/tenants";
    private static final String TENANT_KEYS = "/admin/v1/tenants/{tenant}/keys";
    private static final String KEY = "/admin/v1/keys/{id}";
    private static final String KEY_ROTATION = "/admin/v1/keys/{id}/rotate";

    private final Tenants tenants;
    private final ApiKeys keys;
    private final AdminRequests requests;

    AdminEndpoint(Tenants tenants, ApiKeys keys, AdminRequests requests) {
        this.requests = requests;
        this.tenants = tenants;
        this.keys = keys;
    }

    RouterFunction<ServerResponse> routes(AdminGate gate) {
        return RouterFunctions.route()
                .POST(TENANTS, gate.within(Tier.GENERATION, this::createTenant))
                .GET(TENANTS, gate.within(Tier.STANDARD, _ -> listTenants()))
                .POST(TENANT_KEYS, gate.within(Tier.GENERATION, this::createKey))
                .GET(TENANT_KEYS, gate.within(Tier.STANDARD, this::listKeys))
                .DELETE(KEY, gate.within(Tier.STRICT, this::revokeKey))
                .POST(KEY_ROTATION, gate.within(Tier.GENERATION, this::rotateKey))
                .filter(gate.demand())
                .build()
                .and(OtherMethods.of(TENANTS, HttpMethod.GET, HttpMethod.POST))
                .and(OtherMethods.of(TENANT_KEYS, HttpMethod.GET, HttpMethod.POST))
                .and(OtherMethods.of(KEY, HttpMethod.DELETE))
                .and(OtherMethods.of(KEY_ROTATION, HttpMethod.POST));
    }

    private Mono<ServerResponse> createTenant(ServerRequest request) {
        return requests.body(request, AdminJson::newTenant)
                .flatMap(wanted -> tenants.create(wanted.tenant(), wanted.name()))
                .switchIfEmpty(Mono.error(
                        () -> Problem.of(HttpStatus.CONFLICT, "tenant_exists", "There is a tenant of that id already")
                                .toException()))
                .flatMap(account -> created(AdminJson.of(account)));
    }

    private Mono<ServerResponse> listTenants() {
        return tenants.list().map(AdminJson::of).collectList().flatMap(all -> AdminRequests.ok(Map.of("tenants", all)));
    }

    private Mono<ServerResponse> createKey(ServerRequest request) {
        Tenant tenant = AdminRequests.tenant(request);
        return requests.body(request, AdminJson::newKey)
                .flatMap((KeyRequest wanted) -> keys.create(tenant, wanted))
                .switchIfEmpty(Mono.error(AdminRequests::tenantUnknown))
                .flatMap(AdminEndpoint::created);
    }

    private Mono<ServerResponse> listKeys(ServerRequest request) {
        Tenant tenant = AdminRequests.tenant(request);
        return tenants.find(tenant)
                .switchIfEmpty(Mono.error(AdminRequests::tenantUnknown))
                .flatMap(_ -> keys.list(tenant).map(AdminJson::of).collectList())
                .flatMap(all -> AdminRequests.ok(Map.of("keys", all)));
    }

    private Mono<ServerResponse> revokeKey(ServerRequest request) {
        return keys.revoke(keyId(request))
                .switchIfEmpty(Mono.error(AdminEndpoint::keyUnknown))
                .flatMap(_ -> ServerResponse.noContent().build());
    }

    private Mono<ServerResponse> rotateKey(ServerRequest request) {
        UUID id = keyId(request);
        return requests.body(request, AdminJson::grace)
                .flatMap(grace -> keys.find(id)
                        .switchIfEmpty(Mono.error(AdminEndpoint::keyUnknown))
                        .flatMap(old -> keys.rotate(old, grace))
                        .switchIfEmpty(Mono.error(() -> Problem.of(
                                        HttpStatus.CONFLICT,
                                        "key_not_in_force",
                                        "The key is revoked or expired already")
                                .toException())))
                .flatMap(AdminEndpoint::created);
    }

    private static UUID keyId(ServerRequest request) {
        try {
            return UUID.fromString(request.pathVariable("id"));
        } catch (IllegalArgumentException e) {
            throw keyUnknown();
        }
    }

    /** The one answer that has the key itself. */
    private static Mono<ServerResponse> created(IssuedKey issued) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("key", issued.text());
        json.putAll(AdminJson.of(issued.key()));
        return created(json);
    }

    private static Mono<ServerResponse> created(Map<String, Object> json) {
        return ServerResponse.status(HttpStatus.CREATED)
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(json);
    }

    private static RuntimeException keyUnknown() {
        return Problem.of(HttpStatus.NOT_FOUND, "key_unknown", "There is no key of that id")
                .toException();
    }
}
