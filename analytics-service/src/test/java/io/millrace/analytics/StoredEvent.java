package io.millrace.analytics;

import io.millrace.log.Tenant;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A row for {@code events_in}, as the consumer writes them.
 *
 * @param user empty for none
 * @param product empty for none
 */
record StoredEvent(
        Tenant tenant,
        String type,
        Instant timestamp,
        Instant receivedAt,
        @Nullable BigDecimal amount,
        int weight,
        int partition,
        long offset,
        String user,
        String product) {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    /** One of few users, and of no product. */
    StoredEvent(
            Tenant tenant,
            String type,
            Instant timestamp,
            Instant receivedAt,
            @Nullable BigDecimal amount,
            int weight,
            int partition,
            long offset) {
        this(tenant, type, timestamp, receivedAt, amount, weight, partition, offset, "u" + offset % 50, "");
    }

    /** The row in ClickHouse's JSONEachRow. */
    Map<String, Object> row() {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("tenant", tenant.name());
        row.put("event_id", new UUID(partition, offset).toString());
        row.put("event_id_text", "");
        row.put("event_type", type);
        row.put("timestamp", text(timestamp));
        row.put("received_at", text(receivedAt));
        row.put("user_id", user);
        row.put("product_id", product);
        row.put("order_amount", amount == null ? null : amount.toPlainString());
        row.put("properties", Map.of("n", Long.toString(offset)));
        row.put("weight", weight);
        row.put("log_id", 1);
        row.put("partition", partition);
        row.put("offset", offset);
        return row;
    }

    private static String text(Instant instant) {
        return FORM.format(instant);
    }
}
