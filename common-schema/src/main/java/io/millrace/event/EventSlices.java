package io.millrace.event;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Optional;

/**
 * An event as slices of the bytes it came in, in an object that is filled again and again: what the readers of the log use
 * in place of {@link Event}, since a million events a second leave no time for objects of their own. Valid like an
 * {@link Event}, until the next one is read.
 *
 * <p>There is one answer to what is an event, {@link EventProtobuf} and {@link EventJson}. Protobuf in the form in which we
 * write it is read here directly; whatever else comes is given to them, and what they say is taken over.
 */
public final class EventSlices {
    final TextSlice idText = new TextSlice();
    final TextSlice type = new TextSlice();
    final TextSlice userId = new TextSlice();
    final TextSlice sessionId = new TextSlice();
    final TextSlice productId = new TextSlice();
    final TextSlice propertiesJson = new TextSlice();
    final PropertySlices properties = new PropertySlices();
    boolean hasId;
    long idMostSignificantBits;
    long idLeastSignificantBits;
    boolean hasTimestamp;
    long timestampMillis;
    boolean hasOrderAmount;
    long orderAmountMicros;
    int weight;

    private final ProtobufSlices protobuf = new ProtobufSlices(this);

    /** Reads an event in Protobuf. {@return why it is none, if it is none} */
    public Optional<InvalidEvent> readProtobuf(byte[] bytes) {
        return protobuf.read(bytes) ? Optional.empty() : read(EventProtobuf.decode(bytes));
    }

    /** Takes over an event that was read in another form. {@return why it is none, if it is none} */
    public Optional<InvalidEvent> read(ParsedEvent parsed) {
        return switch (parsed) {
            case InvalidEvent invalid -> Optional.of(invalid);
            case Event event -> {
                clear();
                set(event);
                yield Optional.empty();
            }
        };
    }

    /** Whether its sender gave it an id. */
    public boolean hasId() {
        return hasId;
    }

    public long idMostSignificantBits() {
        return idMostSignificantBits;
    }

    public long idLeastSignificantBits() {
        return idLeastSignificantBits;
    }

    /** The id when it is no UUID, else empty. */
    public TextSlice idText() {
        return idText;
    }

    public TextSlice type() {
        return type;
    }

    /** Whether its sender said when it happened. */
    public boolean hasTimestamp() {
        return hasTimestamp;
    }

    public long timestampMillis() {
        return timestampMillis;
    }

    public TextSlice userId() {
        return userId;
    }

    public TextSlice sessionId() {
        return sessionId;
    }

    public TextSlice productId() {
        return productId;
    }

    public boolean hasOrderAmount() {
        return hasOrderAmount;
    }

    public long orderAmountMicros() {
        return orderAmountMicros;
    }

    /** The text of the properties exactly as sent, empty when there are none. */
    public TextSlice propertiesJson() {
        return propertiesJson;
    }

    public PropertySlices properties() {
        return properties;
    }

    public int weight() {
        return weight;
    }

    /** The same as an object that lasts, for those who have the time. */
    public Event toEvent() {
        return new Event(
                hasId ? new EventId(idMostSignificantBits, idLeastSignificantBits, idText.toString()) : null,
                type.toString(),
                hasTimestamp ? Instant.ofEpochMilli(timestampMillis) : null,
                userId.toString(),
                sessionId.toString(),
                productId.toString(),
                hasOrderAmount ? new Amount(orderAmountMicros) : null,
                propertiesJson.isEmpty() ? null : EventProperties.of(propertiesJson.toString()),
                weight);
    }

    void clear() {
        idText.clear();
        type.clear();
        userId.clear();
        sessionId.clear();
        productId.clear();
        propertiesJson.clear();
        properties.clear();
        hasId = false;
        hasTimestamp = false;
        hasOrderAmount = false;
        weight = 1;
    }

    private void set(Event event) {
        if (event.id() != null) {
            hasId = true;
            idMostSignificantBits = event.id().mostSignificantBits();
            idLeastSignificantBits = event.id().leastSignificantBits();
            idText.set(event.id().text());
        }
        type.set(event.type());
        if (event.timestamp() != null) {
            hasTimestamp = true;
            timestampMillis = event.timestamp().toEpochMilli();
        }
        userId.set(event.userId());
        sessionId.set(event.sessionId());
        productId.set(event.productId());
        if (event.orderAmount() != null) {
            hasOrderAmount = true;
            orderAmountMicros = event.orderAmount().micros();
        }
        if (event.properties() != null) {
            propertiesJson.set(event.properties().json());
            event.properties().toTextMap().forEach(this::setProperty);
        }
        weight = event.weight();
    }

    private void setProperty(String key, String value) {
        byte[] name = key.getBytes(StandardCharsets.UTF_8);
        properties.valueOf(name, 0, name.length).set(value);
    }
}
