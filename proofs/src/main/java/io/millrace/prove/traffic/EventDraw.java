package io.millrace.prove.traffic;

import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventJson;
import io.millrace.event.EventProperties;
import io.millrace.log.EventRecords;
import io.millrace.log.EventTopic;
import io.millrace.log.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/**
 * Draws events: two tenants, several types, 5 % late, a few ahead of their time or without one, some with text ids, some
 * without any, some with weight.
 */
final class EventDraw {
    static final List<Tenant> TENANTS = List.of(new Tenant("acme"), new Tenant("globex"));
    static final List<String> TYPES =
            List.of("page_view", "page_view", "page_view", "search", "add_to_cart", "order", "refund");
    private static final long LATE_MILLIS_MAX = Duration.ofDays(90).toMillis();
    private static final int LATE_PERCENT = 5;
    private static final int AHEAD_PERCENT = 1;
    private static final int TIMELESS_PERCENT = 2;
    /** The log allows an hour, and its clock is not behind ours by minutes. */
    private static final long AHEAD_MILLIS_MAX = Duration.ofMinutes(50).toMillis();

    private static final int AMOUNT_MICROS_MAX = 500_000_000;
    private static final int PER_THOUSAND = 1_000;
    private static final int WEIGHT_MAX = 20;

    private final SplittableRandom random;

    EventDraw(SplittableRandom random) {
        this.random = random;
    }

    /** An event of this moment, or a late one, as a record in Protobuf. */
    ProducerRecord<byte[], byte[]> protobuf(Instant now) {
        Tenant tenant = tenant();
        if (random.nextInt(PER_THOUSAND) < 5) {
            return unnamed(tenant, now);
        }
        EventId id = random.nextInt(PER_THOUSAND) < 10
                ? EventId.of("order/" + Long.toUnsignedString(random.nextLong(), Character.MAX_RADIX))
                : EventId.of(uuid());
        // Only the door samples, and it writes Protobuf; JSON has no weight.
        int weight = random.nextInt(PER_THOUSAND) < 10 ? random.nextInt(1, WEIGHT_MAX) : 1;
        Event event = event(id, now, weight);
        ProducerRecord<byte[], byte[]> record = EventRecords.of(EventTopic.NAME, tenant, event);
        note(tenant, event).writeTo(record.headers());
        return record;
    }

    /** The same as a foreign system would write it. */
    ProducerRecord<byte[], byte[]> json(Instant now) {
        Tenant tenant = tenant();
        EventId id = EventId.of(uuid());
        Event event = event(id, now, 1);
        ProducerRecord<byte[], byte[]> record =
                new ProducerRecord<>(EventTopic.NAME, EventRecords.key(tenant, id), EventJson.write(event));
        addHeader(record, EventTopic.TENANT_HEADER, tenant.name());
        addHeader(record, EventTopic.CONTENT_TYPE_HEADER, EventTopic.JSON);
        note(tenant, event).writeTo(record.headers());
        return record;
    }

    /** Without an id: its position becomes one, so that it is nobody's duplicate. */
    private ProducerRecord<byte[], byte[]> unnamed(Tenant tenant, Instant now) {
        Event event = event(null, now, 1);
        byte[] key = new byte[Long.BYTES];
        random.nextBytes(key);
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(EventTopic.NAME, key, EventJson.write(event));
        addHeader(record, EventTopic.TENANT_HEADER, tenant.name());
        addHeader(record, EventTopic.CONTENT_TYPE_HEADER, EventTopic.JSON);
        note(tenant, event).writeTo(record.headers());
        return record;
    }

    Tenant tenant() {
        return TENANTS.get(random.nextInt(TENANTS.size()));
    }

    Event event(@Nullable EventId id, Instant now, int weight) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        Amount amount = switch (type) {
            case "order" -> new Amount(random.nextInt(AMOUNT_MICROS_MAX));
            case "refund" -> new Amount(-random.nextInt(AMOUNT_MICROS_MAX));
            default -> null;
        };
        EventProperties properties = EventProperties.of(
                "{\"page\":\"/p/" + random.nextInt(2_000) + "\",\"load\":" + random.nextInt(900) + "}");
        String user = "user-" + random.nextInt(50_000);
        return new Event(id, type, timestamp(now), user, "s-" + user, "", amount, properties, weight);
    }

    private @Nullable Instant timestamp(Instant now) {
        int percent = random.nextInt(100);
        if (percent < LATE_PERCENT) {
            return now.minusMillis(random.nextLong(LATE_MILLIS_MAX));
        }
        if (percent < LATE_PERCENT + AHEAD_PERCENT) {
            return now.plusMillis(random.nextLong(AHEAD_MILLIS_MAX));
        }
        return percent < LATE_PERCENT + AHEAD_PERCENT + TIMELESS_PERCENT ? null : now;
    }

    private UUID uuid() {
        return new UUID(random.nextLong(), random.nextLong());
    }

    private static Note note(Tenant tenant, Event event) {
        Amount amount = event.orderAmount();
        Instant timestamp = event.timestamp();
        return new Note(
                true,
                event.id() != null,
                tenant.name(),
                event.type(),
                event.weight(),
                amount == null ? null : amount.micros(),
                timestamp == null ? null : timestamp.toEpochMilli());
    }

    static void addHeader(ProducerRecord<byte[], byte[]> record, String name, String value) {
        record.headers().add(name, value.getBytes(StandardCharsets.UTF_8));
    }
}
