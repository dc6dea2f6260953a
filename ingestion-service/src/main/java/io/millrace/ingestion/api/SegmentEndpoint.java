package io.millrace.ingestion.api;

import io.millrace.event.SegmentJson;
import io.millrace.event.SegmentJson.Kind;
import io.millrace.ingestion.body.BodyEncoding;
import io.millrace.ingestion.body.BodyForm;
import io.millrace.ingestion.door.Door.Delivery;
import io.millrace.ingestion.quota.Quotas;
import io.millrace.kit.access.BearerAccess;
import io.millrace.kit.access.Caller;
import io.millrace.kit.access.Scope;
import io.millrace.kit.http.JsonAnswer;
import io.millrace.kit.problem.OtherMethods;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/**
 * Segment's HTTP tracking API, as its published libraries use it: {@code /v1/batch}, {@code /v1/track} and so on, under
 * the short names that browsers use, too.
 *
 * <p>The key is the user name of basic authentication, or a bearer token, or stands in the body as {@code writeKey}. An
 * answer is 200 where {@code /v1/events} has 202; what failed is told in the same problems, and sent again by the libraries
 * where their status is 429 or 5xx. A replay counts once by its messages' ids.
 */
final class SegmentEndpoint {
    private static final Map<String, Kind> MESSAGES = Map.ofEntries(
            Map.entry("/v1/track", Kind.TRACK),
            Map.entry("/v1/page", Kind.PAGE),
            Map.entry("/v1/screen", Kind.SCREEN),
            Map.entry("/v1/identify", Kind.IDENTIFY),
            Map.entry("/v1/group", Kind.GROUP),
            Map.entry("/v1/alias", Kind.ALIAS),
            Map.entry("/v1/t", Kind.TRACK),
            Map.entry("/v1/p", Kind.PAGE),
            Map.entry("/v1/s", Kind.SCREEN),
            Map.entry("/v1/i", Kind.IDENTIFY),
            Map.entry("/v1/g", Kind.GROUP),
            Map.entry("/v1/a", Kind.ALIAS));

    /** Some libraries end them with a slash. */
    private static final List<String> BATCHES =
            List.of("/v1/batch", "/v1/b", "/v1/import", "/v1/batch/", "/v1/import/");

    private final Reception reception;
    private final BearerAccess access;
    private final Quotas quotas;
    private final Clock clock;

    SegmentEndpoint(Reception reception, BearerAccess access, Quotas quotas, Clock clock) {
        this.reception = reception;
        this.access = access;
        this.quotas = quotas;
        this.clock = clock;
    }

    /** {@return all that there is to send to} */
    static Set<String> paths() {
        return Stream.concat(MESSAGES.keySet().stream(), BATCHES.stream()).collect(Collectors.toUnmodifiableSet());
    }

    RouterFunction<ServerResponse> routes() {
        RouterFunctions.Builder routes = RouterFunctions.route();
        MESSAGES.forEach((path, kind) -> add(routes, path, now -> (body, _) -> SegmentJson.parse(body, kind, now)));
        BATCHES.forEach(
                path -> add(routes, path, now -> (body, eventsMax) -> SegmentJson.parseBatch(body, eventsMax, now)));
        return routes.build();
    }

    /** How a body is read that came in at a time. */
    @FunctionalInterface
    private interface FormAt {
        BodyForm of(Instant now);
    }

    private void add(RouterFunctions.Builder routes, String path, FormAt form) {
        routes.POST(path, request -> take(request, form)).add(OtherMethods.of(path, HttpMethod.POST));
    }

    private Mono<ServerResponse> take(ServerRequest request, FormAt form) {
        HttpHeaders headers = request.headers().asHttpHeaders();
        BodyEncoding encoding = BodyEncoding.of(headers);
        String key = key(headers.getFirst(HttpHeaders.AUTHORIZATION));
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        Mono<Caller> known = key == null
                ? Mono.empty()
                : access.caller(key, Scope.INGEST, request).doOnNext(caller -> quotas.admit(caller.tenant()));
        // Without a key in the headers, nobody is asked for one before the body is here.
        Mono<Optional<Caller>> before = known.map(Optional::of).defaultIfEmpty(Optional.empty());
        return before.flatMap(caller -> reception.take(
                        request.exchange(),
                        body -> Mono.justOrEmpty(caller)
                                .switchIfEmpty(Mono.defer(() -> callerIn(body, encoding, request)))
                                .map(who -> new Delivery(who.tenant(), form.of(now), encoding, null))))
                .map(accepted -> new JsonAnswer(HttpStatus.OK, AcceptedJson.ofSegment(accepted)));
    }

    /** The body may be large, and is looked through, which is no work for the threads that hold all connections. */
    private Mono<Caller> callerIn(byte[] body, BodyEncoding encoding, ServerRequest request) {
        return Mono.fromSupplier(
                        () -> encoding == BodyEncoding.IDENTITY ? SegmentJson.writeKey(body) : Optional.<String>empty())
                .subscribeOn(Schedulers.parallel())
                .flatMap(key -> key.isPresent()
                        ? access.caller(key.get(), Scope.INGEST, request)
                        : Mono.error(BearerAccess.missing().toException()));
    }

    /** {@return the key of the header; null where it names none} */
    private static @Nullable String key(@Nullable String authorization) {
        if (authorization == null || authorization.isBlank()) {
            return null;
        }
        if (!authorization.regionMatches(true, 0, "Basic ", 0, 6)) {
            return BearerAccess.bearer(authorization);
        }
        try {
            String pair = new String(
                    Base64.getDecoder().decode(authorization.substring(6).strip()), StandardCharsets.UTF_8);
            // Some leave the colon out before an empty password.
            int colon = pair.indexOf(':');
            return colon < 0 ? pair : pair.substring(0, colon);
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
