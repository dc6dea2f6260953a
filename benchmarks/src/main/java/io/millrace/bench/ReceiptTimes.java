package io.millrace.bench;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.jspecify.annotations.Nullable;

/** When Kafka received what was fed, until it is found stored. Fed by the producer's thread, asked by another. */
final class ReceiptTimes implements Callback {
    private final Map<Integer, TreeMap<Long, Long>> waiting = new HashMap<>();
    private @Nullable Exception failure;

    @Override
    public synchronized void onCompletion(@Nullable RecordMetadata record, @Nullable Exception problem) {
        if (problem != null || record == null) {
            failure = problem;
            return;
        }
        waiting.computeIfAbsent(record.partition(), _ -> new TreeMap<>()).put(record.offset(), record.timestamp());
    }

    /**
     * Takes note that a partition is stored up to an offset.
     *
     * @param into gets the time each newly found event took, from index {@code filled} on
     * @return the index behind the last
     */
    synchronized int stored(int partition, long upTo, long nowMillis, long[] into, int filled) {
        Map<Long, Long> found = waiting.getOrDefault(partition, new TreeMap<>()).headMap(upTo, true);
        int next = filled;
        for (long receivedMillis : found.values()) {
            into[next++] = nowMillis - receivedMillis;
        }
        found.clear();
        return next;
    }

    synchronized Optional<Exception> failure() {
        return Optional.ofNullable(failure);
    }
}
