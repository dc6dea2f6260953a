package io.millrace.prove.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.millrace.event.EventSlices;
import io.millrace.log.EventTopic;
import io.millrace.log.Fate;
import io.millrace.log.LogTerms;
import io.millrace.log.RecordReader;
import java.time.Instant;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;

/** The notes are right: what they say of a record is what the reader of the log makes of it. */
final class NoteTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final int DRAWN = 2_000;

    private final RecordReader reader = new RecordReader(new LogTerms(
            1,
            EventTopic.PARTITIONS_DEFAULT,
            LogTerms.DUPLICATE_WINDOW_OFFSETS_DEFAULT,
            LogTerms.DUPLICATE_WINDOW_TIME_DEFAULT,
            LogTerms.TIMESTAMP_SKEW_MAX_DEFAULT));
    private long offset;

    @Test
    void eventsAreWhatTheirNotesSay() {
        EventDraw events = new EventDraw(new Seed(1).random("test"));
        for (int i = 0; i < DRAWN; i++) {
            assertStoredAsNoted(events.protobuf(NOW));
            assertStoredAsNoted(events.json(NOW));
        }
    }

    @Test
    void malformedRecordsAreRefusedForTheReasonNoted() {
        MalformedDraw malformed = new MalformedDraw(new Seed(1).random("test"));
        Set<String> reasons = new HashSet<>();
        for (int i = 0; i < DRAWN; i++) {
            ProducerRecord<byte[], byte[]> record = malformed.next(NOW);
            Note note = Note.of(record.headers());
            assertThat(note.isEvent()).isFalse();
            assertThat(reader.read(received(record))).isInstanceOfSatisfying(Fate.DeadLetter.class, letter -> {
                if (!note.type().equals(Note.ANY)) {
                    assertThat(letter.reason()).isEqualTo(note.type());
                }
            });
            reasons.add(note.type());
        }
        assertThat(reasons).hasSize(7);
    }

    @Test
    void recordOfSomebodyElseIsNoticed() {
        assertThatIllegalStateException().isThrownBy(() -> Note.of(new RecordHeaders()));
    }

    private void assertStoredAsNoted(ProducerRecord<byte[], byte[]> record) {
        Note note = Note.of(record.headers());
        assertThat(reader.read(received(record))).isInstanceOfSatisfying(Fate.Stored.class, stored -> {
            EventSlices sent = stored.event().sent();
            assertThat(note)
                    .isEqualTo(new Note(
                            true,
                            sent.hasId(),
                            stored.event().tenant().name(),
                            sent.type().toString(),
                            sent.weight(),
                            sent.hasOrderAmount() ? sent.orderAmountMicros() : null,
                            sent.hasTimestamp() ? sent.timestampMillis() : null));
        });
    }

    private ConsumerRecord<byte[], byte[]> received(ProducerRecord<byte[], byte[]> record) {
        return new ConsumerRecord<>(
                record.topic(),
                0,
                offset++,
                NOW.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                record.key(),
                record.value(),
                record.headers(),
                Optional.empty());
    }
}
