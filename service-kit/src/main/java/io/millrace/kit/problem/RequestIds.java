package io.millrace.kit.problem;

import java.util.HexFormat;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

/**
 * Gives every request an id: the caller's {@code X-Request-Id} when it is 1 to 128 characters of
 * {@code A-Z a-z 0-9 . _ -}, else a new one. It is in the response header, in problems and in the log.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
public final class RequestIds implements WebFilter {
    /** The header, in requests and responses. */
    public static final String HEADER = "X-Request-Id";

    private static final String ATTRIBUTE = RequestIds.class.getName();
    private static final Pattern ACCEPTABLE = Pattern.compile("[A-Za-z0-9._-]{1,128}");

    @Override
    public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
        exchange.getResponse().getHeaders().set(HEADER, of(exchange));
        return chain.filter(exchange);
    }

    /** {@return the request's id} */
    public static String of(ServerWebExchange exchange) {
        return (String) exchange.getAttributes().computeIfAbsent(ATTRIBUTE, _ -> {
            String given = exchange.getRequest().getHeaders().getFirst(HEADER);
            return acceptable(given) ? given : made();
        });
    }

    private static boolean acceptable(@Nullable String given) {
        return given != null && ACCEPTABLE.matcher(given).matches();
    }

    /** {@return a new id} It only has to tell requests apart, so it need not be hard to guess. */
    public static String made() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        HexFormat hex = HexFormat.of();
        return hex.toHexDigits(random.nextLong()) + hex.toHexDigits(random.nextLong());
    }
}
