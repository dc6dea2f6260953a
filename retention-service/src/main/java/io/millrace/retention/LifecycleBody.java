package io.millrace.retention;

import io.millrace.kit.problem.Problems;
import io.millrace.retention.policy.Policy;
import java.util.List;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.server.ServerRequest;
import reactor.core.publisher.Mono;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Reads bodies: one JSON object with exactly the member that is needed. A mistake in one could cost data. */
final class LifecycleBody {
    private static final String KEEP_DAYS = "keep_days";
    private static final String DRY_RUN = "dry_run";

    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
            .build();

    private LifecycleBody() {}

    /** {@return the bytes of a request's body, which must say that it is JSON if it says anything} */
    static Mono<byte[]> bytes(ServerRequest request) {
        MediaType type = request.headers().contentType().orElse(MediaType.APPLICATION_JSON);
        if (!type.isCompatibleWith(MediaType.APPLICATION_JSON)) {
            return Mono.error(Problems.mediaTypeUnsupported().toException());
        }
        return request.bodyToMono(byte[].class).defaultIfEmpty(new byte[0]);
    }

    /** {@return {@code keep_days} of {@code {"keep_days":30}}} */
    static int keepDays(byte[] body) {
        JsonNode value = member(body, KEEP_DAYS);
        if (!value.isIntegralNumber() || !value.canConvertToLong() || !Policy.isValid(value.asLong())) {
            throw LifecycleProblem.KEEP_DAYS_INVALID.because("keep_days is a whole number of days from "
                    + Policy.KEEP_DAYS_MIN + " to " + Policy.KEEP_DAYS_MAX + "; to keep for ever, delete the policy");
        }
        return value.intValue();
    }

    /** {@return {@code dry_run} of {@code {"dry_run":true}}; it has no default, as one of them deletes} */
    static boolean dryRun(byte[] body) {
        JsonNode value = member(body, DRY_RUN);
        if (!value.isBoolean()) {
            throw LifecycleProblem.DRY_RUN_MISSING.because("Say {\"dry_run\":true} or {\"dry_run\":false}");
        }
        return value.booleanValue();
    }

    private static JsonNode member(byte[] body, String name) {
        JsonNode object = read(body);
        if (!object.isObject() || !List.of(name).containsAll(object.propertyNames())) {
            throw LifecycleProblem.BODY_INVALID.because("It takes an object with the member " + name);
        }
        return object.path(name);
    }

    private static JsonNode read(byte[] body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            throw LifecycleProblem.BODY_INVALID.because("It is not one JSON value");
        }
    }
}
