package io.millrace.consumer.range;

import io.millrace.consumer.block.DictionaryColumn;
import io.millrace.consumer.block.NativeBlock;
import io.millrace.consumer.block.NumberColumn;
import io.millrace.consumer.block.TextColumn;
import io.millrace.consumer.block.TextPairsColumn;
import io.millrace.log.Fate;
import java.time.Instant;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Records of one partition that are no events, whole, as rows of {@code dead_letters}. */
public final class DeadLetterRows {
    private static final byte[] NOTHING = {};

    private final LogPartition partition;
    private final NativeBlock block = new NativeBlock();
    private final NumberColumn logId = block.ints("log_id", "UInt32");
    private final NumberColumn kafkaPartition = block.shorts("partition", "UInt16");
    private final NumberColumn offset = block.longs("offset", "UInt64");
    private final NumberColumn receivedAt = block.longs("received_at", "DateTime64(3, 'UTC')");
    private final DictionaryColumn tenant = block.dictionary("tenant");
    private final DictionaryColumn reason = block.dictionary("reason");
    private final TextColumn detail = block.texts("detail");
    private final TextColumn key = block.texts("key");
    private final TextColumn value = block.texts("value");
    private final NumberColumn valueAbsent = block.bytes("value_absent", "Bool");
    private final TextPairsColumn headers = block.textPairs("headers");
    private final NumberColumn recordedAt = block.longs("recorded_at", "DateTime64(3, 'UTC')");
    private final Map<String, Integer> countsByReason = new TreeMap<>();

    DeadLetterRows(LogPartition partition) {
        this.partition = partition;
    }

    void add(ConsumerRecord<byte[], byte[]> record, Fate.DeadLetter fate, Instant now) {
        logId.add(partition.logId());
        kafkaPartition.add(partition.partition());
        offset.add(record.offset());
        receivedAt.add(record.timestamp());
        tenant.add(fate.tenant());
        reason.add(fate.reason());
        detail.add(fate.detail());
        key.add(orNothing(record.key()));
        value.add(orNothing(record.value()));
        valueAbsent.add(record.value() == null ? 1 : 0);
        for (Header header : record.headers()) {
            headers.addPair(header.key(), orNothing(header.value()));
        }
        headers.endList();
        recordedAt.add(now.toEpochMilli());
        block.endRow();
        countsByReason.merge(fate.reason(), 1, Integer::sum);
    }

    public NativeBlock block() {
        return block;
    }

    public Map<String, Integer> countsByReason() {
        return Collections.unmodifiableMap(countsByReason);
    }

    private static byte[] orNothing(byte @Nullable [] bytes) {
        return bytes == null ? NOTHING : bytes;
    }
}
