package io.millrace.consumer.range;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.log.EventRecords;
import io.millrace.log.EventTopic;
import io.millrace.log.Fate;
import io.millrace.log.LogTerms;
import io.millrace.log.RecordReader;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** Records as a consumer would get them, and what they are. */
public final class Records {
    static final LogPartition PARTITION = new LogPartition(1, 5);
    static final LogTerms TERMS = new LogTerms(1, 12, 1, Duration.ofDays(1), Duration.ofHours(1));

    private Records() {}

    public static ConsumerRecord<byte[], byte[]> event(long offset, Instant received) {
        return event(offset, received, 3);
    }

    static ConsumerRecord<byte[], byte[]> event(long offset, Instant received, int leaderEpoch) {
        return event(offset, received, leaderEpoch, Event.ofType("e").withId(EventId.of("id-" + offset)));
    }

    public static ConsumerRecord<byte[], byte[]> event(long offset, Instant received, int leaderEpoch, Event event) {
        ProducerRecord<byte[], byte[]> sent = EventRecords.of(EventTopic.NAME, new Tenant("t"), event);
        return new ConsumerRecord<>(
                EventTopic.NAME,
                PARTITION.partition(),
                offset,
                received.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                sent.key().length,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.of(leaderEpoch));
    }

    /** A record without a tenant. */
    public static ConsumerRecord<byte[], byte[]> nobodys(long offset, Instant received) {
        return new ConsumerRecord<>(
                EventTopic.NAME,
                PARTITION.partition(),
                offset,
                received.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                1,
                null,
                new byte[] {1},
                new RecordHeaders(),
                Optional.of(3));
    }

    /** What the record is by itself. */
    public static Fate fate(ConsumerRecord<byte[], byte[]> record) {
        return new RecordReader(TERMS).read(record);
    }
}
