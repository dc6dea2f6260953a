package io.millrace.cli.door;

import java.net.http.HttpResponse;
import java.util.Optional;

/**
 * An HTTP answer, as far as it matters here.
 *
 * @param retryAfter the header's text, if there is one
 */
record Answer(int status, Optional<String> retryAfter, String body) {
    static Answer of(HttpResponse<String> response) {
        return new Answer(
                response.statusCode(),
                response.headers().firstValue("retry-after").map(String::strip),
                response.body());
    }
}
