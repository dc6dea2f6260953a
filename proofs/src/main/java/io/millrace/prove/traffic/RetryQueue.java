package io.millrace.prove.traffic;

import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;

/** Records that their client sends once more, since it did not see the answer. Not for several threads. */
final class RetryQueue {
    private static final int PER_THOUSAND = 1_000;

    private final SplittableRandom random;
    private final int delayRecordsMax;
    private final PriorityQueue<Retry> waiting = new PriorityQueue<>(Comparator.comparingLong(Retry::dueAfter));

    private record Retry(long dueAfter, ProducerRecord<byte[], byte[]> record) {}

    RetryQueue(SplittableRandom random, int delayRecordsMax) {
        this.random = random;
        this.delayRecordsMax = delayRecordsMax;
    }

    /** Chooses whether the record, one of so many sent, is sent again later. */
    void consider(ProducerRecord<byte[], byte[]> record, long sent) {
        if (random.nextInt(PER_THOUSAND) < TrafficTerms.RETRIES_PER_THOUSAND) {
            waiting.add(new Retry(sent + random.nextInt(delayRecordsMax), copy(record)));
        }
    }

    /** One that is due after so many records, or null. */
    @Nullable
    ProducerRecord<byte[], byte[]> due(long sent) {
        Retry first = waiting.peek();
        if (first == null || first.dueAfter() > sent) {
            return null;
        }
        waiting.remove();
        return first.record();
    }

    /** The same key, so that it meets its first copy in its partition. */
    static ProducerRecord<byte[], byte[]> copy(ProducerRecord<byte[], byte[]> record) {
        return new ProducerRecord<>(record.topic(), null, record.key(), record.value(), record.headers());
    }
}
