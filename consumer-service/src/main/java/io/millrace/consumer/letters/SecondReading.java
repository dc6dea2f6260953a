package io.millrace.consumer.letters;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventProtobuf;
import io.millrace.log.EventRecords;
import io.millrace.log.EventTopic;
import io.millrace.log.Fate;
import io.millrace.log.LogPosition;
import io.millrace.log.LogTerms;
import io.millrace.log.RecordReader;
import io.millrace.log.StoredEvent;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.utils.Utils;

/** Reads letters again as the consumer would now, and makes the records that replay them. Pure. */
final class SecondReading {
    private final String topic;
    private final LogTerms log;

    /** For the log that events go to now. */
    SecondReading(String topic, LogTerms log) {
        this.topic = topic;
        this.log = log;
    }

    /** What a letter is when read again. */
    sealed interface Result {
        /** An event, with the record that says so. */
        record AnEvent(ProducerRecord<byte[], byte[]> record) implements Result {}

        /** A dead letter again. */
        record Dead(String reason, String detail) implements Result {}
    }

    Result of(DeadLetter letter, Mending mending, Instant now) {
        Headers headers = mending.of(letter);
        ConsumerRecord<byte[], byte[]> was = letter.record();
        ConsumerRecord<byte[], byte[]> mended = new ConsumerRecord<>(
                topic,
                was.partition(),
                was.offset(),
                now.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                was.key(),
                was.value(),
                headers,
                Optional.empty());
        return switch (readerOfOne().read(mended)) {
            case Fate.Stored(StoredEvent event) -> new Result.AnEvent(record(letter, headers, event));
            case Fate.DeadLetter(String _, String reason, String detail) -> new Result.Dead(reason, detail);
            case Fate.UnknownVersion(String version) ->
                new Result.Dead("unknown_version", "the record is of version " + version);
            case Fate.Duplicate _, Fate.Unjudgeable _ ->
                throw new IllegalStateException("a record that was read alone has no first copy");
        };
    }

    /** It remembers nothing: whether there is a first copy is for the real reader to say, where the record will lie. */
    private RecordReader readerOfOne() {
        return new RecordReader(new LogTerms(log.logId(), log.partitions(), 1, Duration.ZERO, log.timestampSkewMax()));
    }

    /**
     * The value stays as it is, byte for byte, when it has an id and a time. Else it is written again with the id that
     * its own position gives, so that it has the same one however often it is replayed, and with the time at which it
     * was received first.
     */
    private ProducerRecord<byte[], byte[]> record(DeadLetter letter, Headers headers, StoredEvent stored) {
        LogPosition at = letter.position();
        Event sent = stored.sent().toEvent();
        EventId id = sent.id() == null ? EventId.atPosition(at.logId(), at.partition(), at.offset()) : sent.id();
        byte[] value = Objects.requireNonNull(letter.record().value(), "an event has a value");
        if (sent.id() == null || sent.timestamp() == null) {
            Instant timestamp = sent.timestamp() == null ? letter.receivedAt() : sent.timestamp();
            value = EventProtobuf.encode(sent.withId(id).withTimestamp(timestamp));
            headers.remove(EventTopic.CONTENT_TYPE_HEADER);
        }
        headers.remove(Positions.REPLAY_OF_HEADER)
                .add(Positions.REPLAY_OF_HEADER, at.toString().getBytes(StandardCharsets.UTF_8));
        byte[] key = EventRecords.key(stored.tenant(), id);
        return new ProducerRecord<>(topic, partition(key), null, key, value, headers);
    }

    /** Kafka's default partitioner, since the claim has to name the partition before the record is sent. */
    private int partition(byte[] key) {
        return Utils.toPositive(Utils.murmur2(key)) % log.partitions();
    }
}
