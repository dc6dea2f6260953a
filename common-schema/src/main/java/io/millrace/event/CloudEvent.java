package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;

/**
 * A CloudEvent 1.0 as its attributes come in, and the {@link Event} that it is:
 *
 * <ul>
 *   <li>{@code type} is the event type, {@code time} the timestamp.
 *   <li>{@code source} and {@code id} together are its identity, as CloudEvents has it: the event id is
 *       <code>&lt;source&gt; &lt;id&gt;</code>, or, where that is longer than an id may be, the UUID that
 *       {@link TextIdHash} makes of it.
 *   <li>{@code subject} is the user, unless the extension attribute {@code userid} names one; {@code sessionid},
 *       {@code productid} and {@code orderamount} are what their names say.
 *   <li>Members of {@code data} are the properties, as they were sent; data that is no JSON object is the property
 *       {@code data}, binary data {@code data_base64}. Behind them stand all attributes that have no place of their own,
 *       under their names with {@code ce_} before them.
 * </ul>
 */
public final class CloudEvent {
    private static final String VERSION = "1.0";
    private static final String PROPERTY_PREFIX = "ce_";

    private final Map<String, String> attributes = new LinkedHashMap<>();
    private String data = "";

    /**
     * Sets an attribute.
     *
     * @param value in the form that text has
     * @throws InvalidEventException when it is set already
     */
    public void set(String name, String value) {
        if (attributes.putIfAbsent(name, value) != null) {
            throw new InvalidEventException(Code.DUPLICATE_FIELD, "an attribute stands twice");
        }
    }

    /**
     * Sets the data by what a transport says of it: JSON, text, or anything.
     *
     * @param bytes none of them for no data
     * @param contentType of the data, or null for JSON
     * @throws InvalidEventException when it is not what it is said to be
     */
    public void setData(byte[] bytes, @Nullable String contentType) {
        String type = mediaType(contentType);
        boolean json = type.equals("application/json") || type.endsWith("+json");
        if (bytes.length == 0) {
            return;
        }
        if (!json && !type.startsWith("text/")) {
            setDataBase64(Base64.getEncoder().encodeToString(bytes));
            return;
        }
        if (!Utf8.isValid(bytes, 0, bytes.length)) {
            throw new InvalidEventException(Code.INVALID_UTF8, "the data is not valid UTF-8");
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (json) {
            setDataJson(value(text));
        } else {
            setDataText(text);
        }
    }

    private static String value(String text) {
        try (JsonParser parser = Json.parser(text)) {
            parser.nextToken();
            parser.skipChildren();
            if (parser.currentToken() == null || parser.nextToken() != null) {
                throw new InvalidEventException(Code.MALFORMED_JSON, "the data is not one JSON value");
            }
            return text.strip();
        } catch (JacksonException e) {
            throw new InvalidEventException(Code.MALFORMED_JSON, "the data is not valid JSON");
        }
    }

    /** Sets data that is a JSON value. */
    void setDataJson(String json) {
        setProperties(json.startsWith("{") ? json : "{\"data\":" + json + "}");
    }

    /** Sets data that is text. */
    void setDataText(String text) {
        setProperties(JsonObjects.ofTexts(Map.of("data", text)));
    }

    /** Sets data that is neither, in Base64. */
    void setDataBase64(String base64) {
        setProperties(JsonObjects.ofTexts(Map.of("data_base64", base64)));
    }

    private void setProperties(String json) {
        if (!data.isEmpty()) {
            throw new InvalidEventException(Code.DUPLICATE_FIELD, "data stands twice");
        }
        data = json;
    }

    /**
     * The event.
     *
     * @throws InvalidEventException when it is none
     */
    public Event toEvent() {
        if (!VERSION.equals(attributes.remove("specversion"))) {
            throw new InvalidEventException(
                    Code.SPECVERSION_UNSUPPORTED, "specversion is required and must be " + VERSION);
        }
        EventId id = id(taken("id"), attributes.getOrDefault("source", ""));
        String type = taken("type");
        Instant time = attributes.containsKey("time") ? Rfc3339.parse(taken("time")) : null;
        String subject = attributes.getOrDefault("subject", "");
        String user = attributes.containsKey("userid") ? taken("userid") : subject;
        String session = taken("sessionid");
        String product = taken("productid");
        Amount amount = attributes.containsKey("orderamount") ? Amount.parse(taken("orderamount")) : null;
        return new Event(id, type, time, user, session, product, amount, properties(), 1);
    }

    private String taken(String name) {
        String value = attributes.remove(name);
        return value == null ? "" : value;
    }

    /** Neither alone is an identity: two sources may count from one. A source is a URI, which has no blanks. */
    private static EventId id(String id, String source) {
        if (id.isEmpty() || source.isEmpty()) {
            throw new InvalidEventException(Code.EVENT_ID_INVALID, "id and source are required");
        }
        String both = source + ' ' + id;
        byte[] bytes = both.getBytes(StandardCharsets.UTF_8);
        if (bytes.length <= EventLimits.EVENT_ID_BYTES_MAX) {
            return EventId.of(both);
        }
        TextIdHash hash = new TextIdHash();
        hash.hash(bytes, 0, bytes.length);
        return new EventId(hash.mostSignificantBits(), hash.leastSignificantBits(), "");
    }

    private EventProperties properties() {
        Map<String, String> named = new LinkedHashMap<>();
        attributes.forEach((name, value) -> named.put(PROPERTY_PREFIX + name, value));
        String json = JsonObjects.joined(data.isEmpty() ? "{}" : data, JsonObjects.ofTexts(named));
        EventLimits.requirePropertiesBytes(json);
        return EventProperties.of(json);
    }

    private static String mediaType(@Nullable String contentType) {
        if (contentType == null) {
            return "application/json";
        }
        int parameters = contentType.indexOf(';');
        return (parameters < 0 ? contentType : contentType.substring(0, parameters))
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
