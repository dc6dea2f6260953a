package io.millrace.event;

import io.millrace.event.InvalidEvent.Code;
import io.millrace.event.SegmentJson.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.exc.StreamReadException;

/**
 * One message of Segment's tracking API, and the {@link Event} that it is:
 *
 * <ul>
 *   <li>The event type is what a {@code track} calls its {@code event}, else the kind of the message.
 *   <li>{@code messageId} is the event id. The user is {@code userId}, or else {@code anonymousId}.
 *   <li>The timestamp is {@code timestamp}, moved by as much as its sender's clock was wrong when it sent it: by the time
 *       of receipt less {@code sentAt}.
 *   <li>Members of {@code properties}, or of {@code traits} where the message is about who somebody is, are the
 *       properties, as they were sent. Of these {@code product_id} and {@code session_id} (or {@code context.sessionId}) are
 *       product and session, too, and {@code revenue}, or else {@code total}, is the amount, rounded to six decimals.
 *   <li>All other members but those that are about the sending ({@code writeKey}, {@code integrations}, …) are properties
 *       under their own names, {@code context} among them.
 * </ul>
 */
final class SegmentMessage {
    private static final int AMOUNT_CHARACTERS_MAX = 64;
    private static final int AMOUNT_DIGITS_MAX = 12;

    private final Kind kind;
    private final Map<String, String> others;
    private final String properties;
    private final @Nullable Instant timestamp;
    private final @Nullable Instant sentAt;

    private SegmentMessage(Kind kind, Map<String, String> members) {
        this.kind = kind;
        this.others = members;
        this.timestamp = timestamp();
        this.sentAt = sentAt(text("sentAt"));
        // Of those that are about the sending none is a property.
        List.of(
                        "type",
                        "writeKey",
                        "integrations",
                        "_metadata",
                        "receivedAt",
                        "originalTimestamp",
                        "version",
                        "timestamp",
                        "sentAt")
                .forEach(members::remove);
        String about =
                kind == Kind.IDENTIFY || kind == Kind.GROUP ? members.remove("traits") : members.remove("properties");
        this.properties = about == null ? "{}" : about;
    }

    /**
     * Reads on from a message's start to its end.
     *
     * @param kind of the message; null when it says so itself
     * @param context of a message that has none, if there is one
     */
    static SegmentMessage read(JsonInput in, @Nullable Kind kind, @Nullable String context) {
        JsonParser parser = in.parser();
        Map<String, String> members = new LinkedHashMap<>();
        for (String name = parser.nextName(); name != null; name = parser.nextName()) {
            JsonToken token = parser.nextToken();
            String json = in.value(token);
            if (token != JsonToken.VALUE_NULL && members.putIfAbsent(name, json) != null) {
                throw new InvalidEventException(Code.DUPLICATE_FIELD, "a member stands twice");
            }
        }
        if (parser.currentToken() != JsonToken.END_OBJECT) {
            throw new StreamReadException(parser, "the JSON ends early");
        }
        if (context != null) {
            members.putIfAbsent("context", context);
        }
        return new SegmentMessage(kind == null ? kind(members) : kind, members);
    }

    private static Kind kind(Map<String, String> members) {
        return Kind.of(JsonObjects.text(members.getOrDefault("type", "")))
                .orElseThrow(() -> new InvalidEventException(
                        Code.EVENT_TYPE_INVALID, "type must be track, page, screen, identify, group or alias"));
    }

    /** {@return by how much its sender's clock is behind, if it says when it was sent} */
    Optional<Duration> skew(Instant now) {
        return Optional.ofNullable(sentAt).map(sent -> skew(sent, now));
    }

    /** {@return by how much a clock is behind by which something was sent just now, in whole milliseconds} */
    static Duration skew(Instant sentAt, Instant now) {
        return Duration.ofMillis(Duration.between(sentAt, now).toMillis());
    }

    /**
     * The event.
     *
     * @param skew what its timestamp is moved by
     * @throws InvalidEventException when it is none
     */
    Event event(Duration skew) {
        String id = text("messageId");
        String user = text("userId");
        String anonymous = text("anonymousId");
        String type = kind == Kind.TRACK ? text("event") : kind.name().toLowerCase(Locale.ROOT);
        others.remove("messageId");
        others.remove("userId");
        if (kind == Kind.TRACK) {
            others.remove("event");
        }
        String context = others.getOrDefault("context", "{}");
        String session = JsonObjects.member(properties, "session_id");
        return new Event(
                id.isEmpty() ? null : EventId.of(id),
                type,
                timestamp == null ? null : timestamp.plus(skew),
                user.isEmpty() ? anonymous : user,
                identifier(session.isEmpty() ? JsonObjects.member(context, "sessionId") : session),
                identifier(JsonObjects.member(properties, "product_id")),
                amount(),
                properties(),
                1);
    }

    /** Its own properties last, since of equal names the last counts. */
    private EventProperties properties() {
        if (!properties.startsWith("{")) {
            throw new InvalidEventException(Code.PROPERTIES_INVALID, "properties and traits are JSON objects");
        }
        String json = JsonObjects.joined(JsonObjects.ofJson(others), properties);
        EventLimits.requirePropertiesBytes(json);
        return EventProperties.of(json);
    }

    private @Nullable Amount amount() {
        String revenue = JsonObjects.member(properties, "revenue");
        String text = revenue.isEmpty() ? JsonObjects.member(properties, "total") : revenue;
        if (text.isEmpty() || text.length() > AMOUNT_CHARACTERS_MAX) {
            return null;
        }
        try {
            BigDecimal value = new BigDecimal(text);
            // The place of the first digit, before anything that would write the digits out.
            long digits = (long) value.precision() - value.scale();
            if (digits > AMOUNT_DIGITS_MAX) {
                return null;
            }
            return digits < -Amount.SCALE
                    ? new Amount(0)
                    : Amount.of(value.setScale(Amount.SCALE, RoundingMode.HALF_EVEN));
        } catch (NumberFormatException | InvalidEventException e) {
            return null;
        }
    }

    /** What is too long for an identifier is a property alone. */
    private static String identifier(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length > EventLimits.IDENTIFIER_BYTES_MAX ? "" : text;
    }

    private @Nullable Instant timestamp() {
        String text = text("timestamp");
        return text.isEmpty() ? null : Rfc3339.parse(text);
    }

    /** Without one that can be read a sender's clock is believed. */
    static @Nullable Instant sentAt(String text) {
        try {
            return text.isEmpty() ? null : Rfc3339.parse(text);
        } catch (InvalidEventException e) {
            return null;
        }
    }

    private String text(String name) {
        String json = others.get(name);
        return json == null ? "" : JsonObjects.text(json);
    }
}
