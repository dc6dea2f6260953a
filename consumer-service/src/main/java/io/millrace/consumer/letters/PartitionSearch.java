package io.millrace.consumer.letters;

import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.LogPosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions for records that are replays, until their ends or a deadline. */
final class PartitionSearch {
    private static final Duration POLL = Duration.ofMillis(200);

    private final EventLog log;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final long deadlineNanos;
    private final Map<LogPosition, LogPosition> found = new HashMap<>();
    private final Set<LogPosition> decided = new HashSet<>();

    PartitionSearch(EventLog log, KafkaConsumer<byte[], byte[]> consumer, long deadlineNanos) {
        this.log = log;
        this.consumer = consumer;
        this.deadlineNanos = deadlineNanos;
    }

    /** Decides claims whose records would all be in one partition, if that can be read to its end in time. */
    void read(List<Claim> claims, int partition, long end) {
        TopicPartition place = new TopicPartition(log.topic(), partition);
        Set<LogPosition> letters = claims.stream().map(Claim::letter).collect(Collectors.toSet());
        long from = claims.stream()
                .mapToLong(claim -> claim.searchFrom().offset())
                .min()
                .orElse(end);
        consumer.assign(List.of(place));
        consumer.seek(place, from);
        try {
            // An open transaction of someone else holds the reader back before the end, for as long as brokers let it.
            while (consumer.position(place) < end && System.nanoTime() < deadlineNanos) {
                consumer.poll(POLL).records(place).forEach(record -> note(record, letters));
            }
            if (consumer.position(place) >= end) {
                decided.addAll(letters);
            }
        } catch (OffsetOutOfRangeException _) {
            // Kafka has deleted what would tell, or the log was truncated. A guess could count an event twice.
            return;
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record, Set<LogPosition> letters) {
        Positions.replayOf(record.headers()).filter(letters::contains).ifPresent(letter -> {
            found.put(letter, new LogPosition(log.terms().logId(), record.partition(), record.offset()));
            decided.add(letter);
        });
    }

    Map<LogPosition, LogPosition> found() {
        return found;
    }

    Set<LogPosition> decided() {
        return decided;
    }
}
