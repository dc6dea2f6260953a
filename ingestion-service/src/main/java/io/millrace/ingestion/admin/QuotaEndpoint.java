package io.millrace.ingestion.admin;

import io.millrace.ingestion.quota.Quota;
import io.millrace.ingestion.quota.TenantQuotas;
import io.millrace.kit.access.Tenants;
import io.millrace.kit.problem.OtherMethods;
import io.millrace.kit.problem.Problem;
import io.millrace.log.Tenant;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** Tenants' quotas. Every request is one statement in PostgreSQL, and sent again it changes nothing. */
final class QuotaEndpoint {
    private static final String QUOTA = "/admin/v1/tenants/{tenant}/quota";

    private final Tenants tenants;
    private final TenantQuotas quotas;
    private final AdminRequests requests;

    QuotaEndpoint(Tenants tenants, TenantQuotas quotas, AdminRequests requests) {
        this.tenants = tenants;
        this.quotas = quotas;
        this.requests = requests;
    }

    RouterFunction<ServerResponse> routes(AdminGate gate) {
        return RouterFunctions.route()
                .PUT(QUOTA, gate.within(Tier.STANDARD, this::put))
                .GET(QUOTA, gate.within(Tier.STANDARD, this::get))
                .DELETE(QUOTA, gate.within(Tier.STRICT, this::delete))
                .filter(gate.demand())
                .build()
                .and(OtherMethods.of(QUOTA, HttpMethod.GET, HttpMethod.PUT, HttpMethod.DELETE));
    }

    private Mono<ServerResponse> put(ServerRequest request) {
        Tenant tenant = AdminRequests.tenant(request);
        return requests.body(request, AdminJson::quota)
                .flatMap((Quota wanted) -> quotas.put(tenant, wanted))
                .switchIfEmpty(Mono.error(AdminRequests::tenantUnknown))
                .flatMap(quota -> AdminRequests.ok(AdminJson.of(tenant, quota)));
    }

    private Mono<ServerResponse> get(ServerRequest request) {
        return existing(request)
                .flatMap(tenant -> quotas.find(tenant)
                        .switchIfEmpty(Mono.error(() -> Problem.of(
                                        HttpStatus.NOT_FOUND, "quota_unset", "The tenant has no quota of its own")
                                .toException()))
                        .flatMap(quota -> AdminRequests.ok(AdminJson.of(tenant, quota))));
    }

    private Mono<ServerResponse> delete(ServerRequest request) {
        return existing(request)
                .flatMap(tenant -> quotas.delete(tenant)
                        .then(Mono.defer(() -> ServerResponse.noContent().build())));
    }

    private Mono<Tenant> existing(ServerRequest request) {
        Tenant tenant = AdminRequests.tenant(request);
        return tenants.find(tenant)
                .switchIfEmpty(Mono.error(AdminRequests::tenantUnknown))
                .thenReturn(tenant);
    }
}
