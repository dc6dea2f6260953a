package io.millrace.kit.http;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseCookie;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.util.LinkedMultiValueMap;
import org.springframework.util.MultiValueMap;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import reactor.core.publisher.Mono;

/**
 * An answer whose JSON is there already, in bytes. Spring's builders look for who could write it, and copy its headers
 * twice, which costs a small request a few hundredths.
 */
public final class JsonAnswer implements ServerResponse {
    private final HttpStatus status;
    private final byte[] json;

    /** Takes the array as it is. */
    public JsonAnswer(HttpStatus status, byte[] json) {
        this.status = status;
        this.json = json;
    }

    @Override
    public HttpStatus statusCode() {
        return status;
    }

    @Override
    public HttpHeaders headers() {
        HttpHeaders headers = new HttpHeaders();
        describe(headers);
        return headers;
    }

    @Override
    public MultiValueMap<String, ResponseCookie> cookies() {
        return new LinkedMultiValueMap<>();
    }

    @Override
    public Mono<Void> writeTo(ServerWebExchange exchange, Context context) {
        ServerHttpResponse response = exchange.getResponse();
        response.setStatusCode(status);
        describe(response.getHeaders());
        return response.writeWith(Mono.just(response.bufferFactory().wrap(json)));
    }

    private void describe(HttpHeaders headers) {
        headers.setContentType(MediaType.APPLICATION_JSON);
        headers.setContentLength(json.length);
    }
}
