package io.millrace.consumer.letters;

import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.LogPosition;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.TopicPartition;

/** Reads partitions for the records of interrupted replays. A letter that is neither found nor absent is undecided. */
final class LogSearch {
    private static final Duration POLL = Duration.ofMillis(200);

    private final EventLog log;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final long deadlineNanos;
    private final Map<LogPosition, LogPosition> found = new HashMap<>();
    private final Set<LogPosition> absent = new HashSet<>();

    /**
     * A search that has not begun.
     *
     * @param consumer reads what is committed, and nothing else meanwhile
     * @param deadlineNanos when to give up, as {@link System#nanoTime} has it
     */
    LogSearch(EventLog log, KafkaConsumer<byte[], byte[]> consumer, long deadlineNanos) {
        this.log = log;
        this.consumer = consumer;
        this.deadlineNanos = deadlineNanos;
    }

    /**
     * Looks for records that would all be in one partition. Where Kafka has deleted what would tell, or has lost the end
     * of the log, nothing is decided: a guess could count an event twice.
     *
     * @param end of the partition, open transactions included, when no replay was under way any more
     */
    void read(List<Claim> claims, int partition, long end) {
        TopicPartition place = new TopicPartition(log.topic(), partition);
        consumer.assign(List.of(place));
        long begin =
                Objects.requireNonNull(consumer.beginningOffsets(List.of(place)).get(place));
        List<Claim> whole = claims.stream()
                .filter(claim -> begin <= claim.searchFrom().offset()
                        && claim.searchFrom().offset() <= end)
                .toList();
        Set<LogPosition> letters = whole.stream().map(Claim::letter).collect(Collectors.toSet());
        consumer.seek(
                place,
                whole.stream()
                        .mapToLong(claim -> claim.searchFrom().offset())
                        .min()
                        .orElse(end));
        try {
            // An open transaction of someone else holds the reader back before the end, for as long as brokers let it.
            while (consumer.position(place) < end && System.nanoTime() < deadlineNanos) {
                consumer.poll(POLL).records(place).forEach(record -> note(record, letters));
            }
        } catch (OffsetOutOfRangeException _) {
            return;
        }
        if (consumer.position(place) >= end) {
            letters.removeAll(found.keySet());
            absent.addAll(letters);
        }
    }

    private void note(ConsumerRecord<byte[], byte[]> record, Set<LogPosition> letters) {
        Positions.replayOf(record.headers())
                .filter(letters::contains)
                .ifPresent(letter ->
                        found.put(letter, new LogPosition(log.terms().logId(), record.partition(), record.offset())));
    }

    /** {@return where the record of a letter is} */
    Map<LogPosition, LogPosition> found() {
        return found;
    }

    /** {@return the letters of which no record is in the log, nor ever will be} */
    Set<LogPosition> absent() {
        return absent;
    }
}
