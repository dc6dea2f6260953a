package io.millrace.ingestion.body;

import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.Problems;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.util.unit.DataSize;

/** What can be wrong with a body before it is read. README.md lists them with what a client should do. */
public final class BodyProblems {
    private BodyProblems() {}

    public static Problem empty() {
        return Problem.of(HttpStatus.BAD_REQUEST, "body_empty", "There is no event in the body");
    }

    static Problem encodingInvalid() {
        return Problem.of(HttpStatus.BAD_REQUEST, "encoding_invalid", "The body is not what its Content-Encoding says");
    }

    static Problem bodyTimeout() {
        return Problem.of(HttpStatus.REQUEST_TIMEOUT, "body_timeout", "The body did not come in in time");
    }

    static Problem bodyTooLarge(DataSize max) {
        return Problems.bodyTooLarge().withDetail("At most " + max.toBytes() + " bytes; send it in parts");
    }

    static Problem decompressedTooLarge(DataSize max) {
        return Problems.bodyTooLarge().withDetail("At most " + max.toBytes() + " bytes unpacked; send it in parts");
    }

    static Problem ratioTooHigh(int max) {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "ratio_too_high", "The body unpacks to far more than it is")
                .withDetail("At most " + max + " times its size; send it in parts, or unpacked");
    }

    static Problem mediaTypeUnsupported() {
        return Problems.mediaTypeUnsupported()
                .withDetail(
                        "Content-Type must be application/json, text/plain, application/x-ndjson, application/cloudevents+json or"
                                + " application/cloudevents-batch+json, in UTF-8; anything with the headers of a CloudEvent");
    }

    static Problem encodingUnsupported() {
        return Problems.mediaTypeUnsupported()
                .withDetail("Content-Encoding must be gzip, zstd, or none")
                .withHeader(HttpHeaders.ACCEPT_ENCODING, "gzip, zstd");
    }

    /** With the time after which there is room again, as far as that is known. */
    public static Problem overloaded(Duration retryAfter) {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "overloaded", "The service has more to do than it can")
                .withRetryAfter(retryAfter);
    }
}
