package io.millrace.ingestion.admin;

import io.millrace.ingestion.rules.EventRule;
import io.millrace.ingestion.rules.EventRule.Requirement;
import io.millrace.ingestion.rules.EventRules;
import io.millrace.ingestion.rules.SchemaCompiler;
import io.millrace.kit.access.Tenants;
import io.millrace.kit.problem.OtherMethods;
import io.millrace.kit.problem.Problem;
import io.millrace.log.Tenant;
import java.util.Map;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Rules of a tenant, one of each event type. A change is one statement in PostgreSQL: it is done or it is not. Sent again,
 * making a rule answers as before, and removing one 404.
 */
final class RulesEndpoint {
    private static final String RULES = "/admin/v1/tenants/{tenant}/rules";
    private static final String RULE = RULES + "/{event_type}";

    private final AdminRequests requests;
    private final Tenants tenants;
    private final EventRules rules;
    private final SchemaCompiler schemas;

    RulesEndpoint(AdminRequests requests, Tenants tenants, EventRules rules, SchemaCompiler schemas) {
        this.requests = requests;
        this.tenants = tenants;
        this.rules = rules;
        this.schemas = schemas;
    }

    RouterFunction<ServerResponse> routes(AdminGate gate) {
        return RouterFunctions.route()
                .GET(RULES, gate.within(Tier.STANDARD, this::list))
                .PUT(RULE, gate.within(Tier.STANDARD, this::put))
                .DELETE(RULE, gate.within(Tier.STRICT, this::delete))
                .filter(gate.demand())
                .build()
                .and(OtherMethods.of(RULES, HttpMethod.GET))
                .and(OtherMethods.of(RULE, HttpMethod.PUT, HttpMethod.DELETE));
    }

    private Mono<ServerResponse> list(ServerRequest request) {
        return tenant(request)
                .flatMap(tenant -> rules.list(tenant).map(RuleJson::of).collectList())
                .flatMap(all -> AdminRequests.ok(Map.of("rules", all)));
    }

    private Mono<ServerResponse> put(ServerRequest request) {
        String eventType = request.pathVariable("event_type");
        return requests.body(request, body -> RuleJson.rule(eventType, body))
                .publishOn(Schedulers.boundedElastic())
                .doOnNext(this::requireUsable)
                .flatMap(rule -> tenant(request).flatMap(tenant -> put(tenant, rule)));
    }

    private Mono<ServerResponse> put(Tenant tenant, EventRule rule) {
        return rules.put(tenant, rule)
                .switchIfEmpty(Mono.error(() -> Problem.of(
                                HttpStatus.CONFLICT, "too_many_rules", "There are too many rules, or schemas too large")
                        .withDetail("At most %d of a tenant and %d in all, their schemas %d bytes together"
                                .formatted(
                                        EventRules.TENANT_RULES_MAX,
                                        EventRules.RULES_MAX,
                                        EventRules.SCHEMAS_BYTES_MAX))
                        .toException()))
                .flatMap(stored -> AdminRequests.ok(RuleJson.of(stored)));
    }

    private void requireUsable(EventRule rule) {
        Requirement requirement = rule.requirement();
        if (requirement != null) {
            try {
                schemas.requireUsable(requirement.schema());
            } catch (IllegalArgumentException e) {
                throw AdminJson.invalid(String.valueOf(e.getMessage()));
            }
        }
    }

    private Mono<ServerResponse> delete(ServerRequest request) {
        return tenant(request)
                .flatMap(tenant -> rules.delete(tenant, request.pathVariable("event_type")))
                .filter(deleted -> deleted)
                .switchIfEmpty(Mono.error(() -> Problem.of(
                                HttpStatus.NOT_FOUND, "rule_unknown", "The tenant has no rule for that event type")
                        .toException()))
                .flatMap(_ -> ServerResponse.noContent().build());
    }

    /** {@return the tenant of the path, if there is one} */
    private Mono<Tenant> tenant(ServerRequest request) {
        Tenant tenant = AdminRequests.tenant(request);
        return tenants.find(tenant).map(_ -> tenant).switchIfEmpty(Mono.error(AdminRequests::tenantUnknown));
    }
}
