package io.millrace.kit.problem;

import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatus;
import org.springframework.util.StringUtils;

/** The problems that every service knows. */
public final class Problems {
    private Problems() {}

    /** 404 {@code not_found}. */
    public static Problem notFound() {
        return Problem.of(HttpStatus.NOT_FOUND, "not_found", "There is nothing under this path");
    }

    /** 405 {@code method_not_allowed}, with the methods that are. */
    public static Problem methodNotAllowed(Iterable<HttpMethod> allowed) {
        String methods = String.join(
                ", ",
                java.util.stream.StreamSupport.stream(allowed.spliterator(), false)
                        .map(HttpMethod::name)
                        .sorted()
                        .toList());
        return Problem.of(HttpStatus.METHOD_NOT_ALLOWED, "method_not_allowed", "This path does not have that method")
                .withDetail("Allowed: " + methods)
                .withHeader(HttpHeaders.ALLOW, methods);
    }

    /** 406 {@code not_acceptable}. */
    public static Problem notAcceptable() {
        return Problem.of(
                HttpStatus.NOT_ACCEPTABLE, "not_acceptable", "None of the media types in Accept can be produced");
    }

    /** 413 {@code body_too_large}. */
    public static Problem bodyTooLarge() {
        return Problem.of(HttpStatus.CONTENT_TOO_LARGE, "body_too_large", "The request body is too large");
    }

    /** 415 {@code media_type_unsupported}. */
    public static Problem mediaTypeUnsupported() {
        return Problem.of(
                HttpStatus.UNSUPPORTED_MEDIA_TYPE,
                "media_type_unsupported",
                "The body's media type, charset or encoding is not supported");
    }

    /** 400 {@code request_invalid}. */
    public static Problem requestInvalid() {
        return Problem.of(HttpStatus.BAD_REQUEST, "request_invalid", "The request is malformed");
    }

    /** 500 {@code internal_error}: says nothing, the log has the rest under the request id. */
    public static Problem internalError() {
        return Problem.of(HttpStatus.INTERNAL_SERVER_ERROR, "internal_error", "Something went wrong in the service")
                .withDetail("The service's log has it under the request id");
    }

    /** Any other status that the framework asks for; its name is the code. */
    public static Problem ofStatus(HttpStatus status) {
        String code = StringUtils.replace(status.name().toLowerCase(java.util.Locale.ROOT), "-", "_");
        return Problem.of(status, code, status.getReasonPhrase());
    }
}
