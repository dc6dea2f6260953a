package io.millrace.ingestion.door;

import io.millrace.event.EventJson;
import io.millrace.event.ParsedBody;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.InvalidMediaTypeException;
import org.springframework.http.MediaType;

/** How events stand in a body. */
enum BodyForm {
    /** One event, or an array of them. */
    JSON {
        @Override
        ParsedBody parse(byte[] body, int eventsMax) {
            return EventJson.parseBody(body, eventsMax);
        }
    },
    /** One event a line. */
    LINES {
        @Override
        ParsedBody parse(byte[] body, int eventsMax) {
            return EventJson.parseLines(body, eventsMax);
        }
    };

    abstract ParsedBody parse(byte[] body, int eventsMax);

    /** The form that the Content-Type names; anything else is a 415. */
    static BodyForm of(HttpHeaders headers) {
        MediaType type = contentType(headers);
        if (type == null || (type.getCharset() != null && !StandardCharsets.UTF_8.equals(type.getCharset()))) {
            throw DoorProblems.mediaTypeUnsupported().toException();
        }
        return switch (type.getType() + "/" + type.getSubtype()) {
            case "application/json" -> JSON;
            case "application/x-ndjson", "application/ndjson" -> LINES;
            default -> throw DoorProblems.mediaTypeUnsupported().toException();
        };
    }

    private static @Nullable MediaType contentType(HttpHeaders headers) {
        try {
            return headers.getContentType();
        } catch (InvalidMediaTypeException e) {
            throw DoorProblems.mediaTypeUnsupported().toException(e);
        }
    }
}
