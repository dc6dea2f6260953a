package io.millrace.consumer.range;

import io.millrace.consumer.block.DictionaryColumn;
import io.millrace.consumer.block.NativeBlock;
import io.millrace.consumer.block.NullableNumberColumn;
import io.millrace.consumer.block.NumberColumn;
import io.millrace.consumer.block.TextColumn;
import io.millrace.consumer.block.TextMapColumn;
import io.millrace.consumer.block.UuidColumn;
import io.millrace.event.EventSlices;
import io.millrace.event.PropertySlices;
import io.millrace.event.TextSlice;
import io.millrace.log.StoredEvent;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Events of one partition as rows of {@code events_in}. */
public final class EventRows {
    private final LogPartition partition;
    private final NativeBlock block = new NativeBlock();
    private final DictionaryColumn tenant = block.dictionary("tenant");
    private final UuidColumn eventId = block.uuids("event_id");
    private final TextColumn eventIdText = block.texts("event_id_text");
    private final DictionaryColumn eventType = block.dictionary("event_type");
    private final NumberColumn timestamp = block.longs("timestamp", "DateTime64(3, 'UTC')");
    private final NumberColumn receivedAt = block.longs("received_at", "DateTime64(3, 'UTC')");
    private final TextColumn userId = block.texts("user_id");
    private final TextColumn sessionId = block.texts("session_id");
    private final TextColumn productId = block.texts("product_id");
    private final NullableNumberColumn orderAmount = block.nullableLongs("order_amount", "Decimal(18, 6)");
    private final TextMapColumn properties = block.textMaps("properties");
    private final NumberColumn weight = block.ints("weight", "UInt32");
    private final NumberColumn logId = block.ints("log_id", "UInt32");
    private final NumberColumn kafkaPartition = block.shorts("partition", "UInt16");
    private final NumberColumn offset = block.longs("offset", "UInt64");
    private long lastOffset = -1;

    EventRows(LogPartition partition) {
        this.partition = partition;
    }

    void add(ConsumerRecord<?, ?> record, StoredEvent event) {
        EventSlices sent = event.sent();
        add(tenant, event.tenantName());
        eventId.add(event.idMostSignificantBits(), event.idLeastSignificantBits());
        add(eventIdText, sent.idText());
        add(eventType, sent.type());
        timestamp.add(event.timestampMillis());
        receivedAt.add(record.timestamp());
        add(userId, sent.userId());
        add(sessionId, sent.sessionId());
        add(productId, sent.productId());
        if (sent.hasOrderAmount()) {
            orderAmount.add(sent.orderAmountMicros());
        } else {
            orderAmount.addAbsent();
        }
        add(sent.properties());
        weight.add(sent.weight());
        logId.add(partition.logId());
        kafkaPartition.add(partition.partition());
        offset.add(record.offset());
        lastOffset = record.offset();
        block.endRow();
    }

    private void add(PropertySlices sent) {
        for (int i = 0; i < sent.size(); i++) {
            add(properties.keys(), sent.key(i));
            add(properties.values(), sent.value(i));
        }
        properties.endMap(sent.size());
    }

    private static void add(TextColumn column, TextSlice text) {
        column.add(text.bytes(), text.from(), text.length());
    }

    private static void add(DictionaryColumn column, TextSlice text) {
        column.add(text.bytes(), text.from(), text.length());
    }

    public NativeBlock block() {
        return block;
    }

    /** Offset of the last row, -1 when there is none. */
    public long lastOffset() {
        return lastOffset;
    }
}
