package io.millrace.consumer.range;

import io.millrace.consumer.block.DictionaryColumn;
import io.millrace.consumer.block.NativeBlock;
import io.millrace.consumer.block.NullableNumberColumn;
import io.millrace.consumer.block.NumberColumn;
import io.millrace.consumer.block.TextColumn;
import io.millrace.consumer.block.TextMapColumn;
import io.millrace.consumer.block.UuidColumn;
import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.event.EventProperties;
import io.millrace.log.Fate;
import java.util.Map;
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

    void add(ConsumerRecord<?, ?> record, Fate.Stored fate) {
        Event event = fate.event();
        tenant.add(fate.tenant().name());
        eventId.add(fate.id().mostSignificantBits(), fate.id().leastSignificantBits());
        eventIdText.add(fate.id().text());
        eventType.add(event.type());
        timestamp.add(fate.timestamp().toEpochMilli());
        receivedAt.add(record.timestamp());
        userId.add(event.userId());
        sessionId.add(event.sessionId());
        productId.add(event.productId());
        Amount amount = event.orderAmount();
        if (amount == null) {
            orderAmount.addAbsent();
        } else {
            orderAmount.add(amount.micros());
        }
        EventProperties sent = event.properties();
        properties.add(sent == null ? Map.of() : sent.toTextMap());
        weight.add(event.weight());
        logId.add(partition.logId());
        kafkaPartition.add(partition.partition());
        offset.add(record.offset());
        lastOffset = record.offset();
        block.endRow();
    }

    public NativeBlock block() {
        return block;
    }

    /** Offset of the last row, -1 when there is none. */
    public long lastOffset() {
        return lastOffset;
    }
}
