package io.millrace.ingestion.api;

import io.millrace.event.EventParameters;
import io.millrace.event.ParsedBody;
import io.millrace.ingestion.body.BodyEncoding;
import io.millrace.ingestion.body.BodyForm;
import io.millrace.ingestion.door.Door.Delivery;
import io.millrace.ingestion.quota.Quotas;
import io.millrace.kit.access.BearerAccess;
import io.millrace.kit.access.Scope;
import io.millrace.kit.problem.OtherMethods;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpMethod;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerRequest;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** {@code GET /v1/pixel}: an event in the address of an image, for pages without scripts. */
final class PixelEndpoint {
    static final String PATH = "/v1/pixel";

    /**
     * A transparent image of one pixel: a screen of two colours, of which the first is transparent, and a pixel of that one.
     * Source: GIF89a Specification, with the smallest blocks that it allows.
     */
    private static final byte[] IMAGE = HexFormat.of()
            .parseHex("474946383961" + "01000100800000" + "000000000000" + "21f9040100000000"
                    + "2c00000000010001000002024401003b");

    private final Reception reception;
    private final BearerAccess access;
    private final Quotas quotas;

    PixelEndpoint(Reception reception, BearerAccess access, Quotas quotas) {
        this.reception = reception;
        this.access = access;
        this.quotas = quotas;
    }

    RouterFunction<ServerResponse> routes() {
        return RouterFunctions.route().GET(PATH, this::take).build().and(OtherMethods.of(PATH, HttpMethod.GET));
    }

    private Mono<ServerResponse> take(ServerRequest request) {
        Map<String, List<String>> fields = new LinkedHashMap<>(request.queryParams());
        fields.remove(BearerAccess.KEY_PARAMETER);
        return access.webCaller(Scope.INGEST, request)
                .doOnNext(caller -> quotas.admit(caller.tenant()))
                .map(caller -> new Delivery(caller.tenant(), new Address(fields), BodyEncoding.IDENTITY, null))
                .flatMap(delivery -> reception.takeWithoutBody(request.exchange(), delivery))
                .flatMap(_ -> ServerResponse.ok()
                        .contentType(MediaType.IMAGE_GIF)
                        // Each showing of the page is a request.
                        .cacheControl(CacheControl.noStore())
                        .bodyValue(IMAGE));
    }

    /** The event of an address, whatever stands in the body. */
    private record Address(Map<String, List<String>> fields) implements BodyForm {
        @Override
        public ParsedBody parse(byte[] body, int eventsMax) {
            return new ParsedBody.Events(List.of(EventParameters.parse(fields)));
        }

        @Override
        public boolean needsBody() {
            return false;
        }
    }
}
