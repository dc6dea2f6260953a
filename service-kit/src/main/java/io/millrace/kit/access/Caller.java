package io.millrace.kit.access;

import io.millrace.log.Tenant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.server.ServerWebExchange;

/**
 * Who sent a request, as its key says. A handler takes the tenant from here and from nowhere else.
 *
 * @param keyId the key's id, fit for logs
 */
public record Caller(Tenant tenant, Set<Scope> scopes, UUID keyId) {
    private static final String ATTRIBUTE = Caller.class.getName();

    public Caller {
        scopes = Set.copyOf(scopes);
    }

    /**
     * The caller of a request on a route that demands a scope.
     *
     * @throws IllegalStateException when the route demands none: a bug
     */
    public static Caller of(ServerRequest request) {
        if (request.attributes().get(ATTRIBUTE) instanceof Caller caller) {
            return caller;
        }
        throw new IllegalStateException("the route " + request.path() + " does not demand a scope");
    }

    /** {@return the caller of an exchange; empty as long as there was no good key, and on routes that demand none} */
    public static Optional<Caller> in(ServerWebExchange exchange) {
        return exchange.getAttributes().get(ATTRIBUTE) instanceof Caller caller
                ? Optional.of(caller)
                : Optional.empty();
    }

    void attachTo(ServerRequest request) {
        request.attributes().put(ATTRIBUTE, this);
    }
}
