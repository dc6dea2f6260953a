package io.millrace.ingestion.body;

import io.millrace.event.CloudEventJson;
import io.millrace.event.EventJson;
import io.millrace.event.ParsedBody;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How events stand in a body. */
@FunctionalInterface
public interface BodyForm {
    ParsedBody parse(byte[] body, int eventsMax);

    /** Whether there is no event without a body. */
    default boolean needsBody() {
        return true;
    }

    /** {@return the form that the headers tell; anything else is a 415} */
    static BodyForm of(HttpHeaders headers) {
        String type = type(headers);
        if (type.startsWith("application/cloudevents")) {
            return cloudEvents(type);
        }
        if (CloudEventHeaders.in(headers)) {
            return new CloudEventHeaders(headers);
        }
        return switch (type) {
            // One event, or an array of them. Pages may send text without asking first, so that is taken for JSON.
            case "application/json", "text/plain" -> EventJson::parseBody;
            // One event a line.
            case "application/x-ndjson", "application/ndjson" -> EventJson::parseLines;
            default -> throw BodyProblems.mediaTypeUnsupported().toException();
        };
    }

    private static BodyForm cloudEvents(String type) {
        return switch (type) {
            case "application/cloudevents+json", "application/cloudevents-batch+json" -> CloudEventJson::parseBody;
            default -> throw BodyProblems.mediaTypeUnsupported().toException();
        };
    }

    /** Without parameters, empty when there is none. */
    private static String type(HttpHeaders headers) {
        MediaType type = contentType(headers);
        if (type == null) {
            return "";
        }
        if (type.getCharset() != null && !StandardCharsets.UTF_8.equals(type.getCharset())) {
            throw BodyProblems.mediaTypeUnsupported().toException();
        }
        return type.getType() + "/" + type.getSubtype();
    }

    private static @Nullable MediaType contentType(HttpHeaders headers) {
        try {
            return headers.getContentType();
        } catch (InvalidMediaTypeException e) {
            throw BodyProblems.mediaTypeUnsupported().toException(e);
        }
    }
}
