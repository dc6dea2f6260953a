package io.millrace.ingestion.body;

import io.millrace.event.CloudEvent;
import io.millrace.event.InvalidEvent;
import io.millrace.event.InvalidEventException;
import io.millrace.event.ParsedBody;
import io.millrace.event.ParsedEvent;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.springframework.http.HttpHeaders;

/**
 * A CloudEvent that is spread over a request: its attributes are headers, its data is the body.
 *
 * <p>Source: CloudEvents, "HTTP Protocol Binding for CloudEvents", version 1.0.2, section 3.1.
 *
 * @param headers of the request
 */
record CloudEventHeaders(HttpHeaders headers) implements BodyForm {
    private static final String PREFIX = "ce-";

    /** Whether a request's headers are such a one's. */
    static boolean in(HttpHeaders headers) {
        return headers.containsHeader(PREFIX + "specversion");
    }

    @Override
    public ParsedBody parse(byte[] body, int eventsMax) {
        return new ParsedBody.Events(List.of(read(body)));
    }

    @Override
    public boolean needsBody() {
        return false;
    }

    private ParsedEvent read(byte[] body) {
        try {
            CloudEvent event = new CloudEvent();
            headers.forEach((name, values) -> {
                String lower = name.toLowerCase(Locale.ROOT);
                if (lower.startsWith(PREFIX)) {
                    values.forEach(value -> event.set(lower.substring(PREFIX.length()), decoded(value)));
                }
            });
            event.setData(body, headers.getFirst(HttpHeaders.CONTENT_TYPE));
            return event.toEvent();
        } catch (InvalidEventException e) {
            return e.problem();
        }
    }

    /** What is no visible ASCII is percent-encoded (section 3.1.3.2), and a plus is a plus. */
    private static String decoded(String value) {
        try {
            return value.indexOf('%') < 0
                    ? value
                    : URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidEventException(
                    InvalidEvent.Code.ATTRIBUTE_INVALID,
                    "an attribute's header is not percent-encoded as it should be");
        }
    }
}
