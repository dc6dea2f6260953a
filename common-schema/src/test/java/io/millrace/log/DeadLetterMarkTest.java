package io.millrace.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

class DeadLetterMarkTest {
    private static final int MAX = DeadLetterMark.DETAIL_CHARACTERS_MAX;

    private static DeadLetterMark readBack(String detail) {
        return DeadLetterMark.read(DeadLetterMark.schemaMismatch(detail).toHeader());
    }

    @Test
    void markIsReadAsItWasWritten() {
        for (String detail : new String[] {"", "/a: not \u00e9 ", "two\nlines"}) {
            assertThat(readBack(detail)).isEqualTo(new DeadLetterMark("schema_mismatch", detail));
        }
    }

    @Test
    void detailIsCutAtItsLengthAndNotWithinACharacter() {
        assertThat(readBack("x".repeat(MAX)).detail()).hasSize(MAX);
        assertThat(readBack("x".repeat(MAX + 1)).detail()).hasSize(MAX);
        assertThat(readBack("x".repeat(MAX - 1) + "\uD83D\uDE00").detail()).isEqualTo("x".repeat(MAX - 1));
        byte[] longer = ("schema_mismatch " + "x".repeat(MAX + 1)).getBytes(UTF_8);
        assertThat(DeadLetterMark.read(longer).detail()).hasSize(MAX);
    }

    @Test
    void recordCarriesItBesideItsTenant() {
        Event event = Event.ofType("a").withId(EventId.of("7"));
        ProducerRecord<byte[], byte[]> record =
                EventRecords.of("t", new Tenant("acme"), event, DeadLetterMark.schemaMismatch("/a: no"));
        assertThat(record.headers().lastHeader("millrace-dead-letter").value())
                .isEqualTo("schema_mismatch /a: no".getBytes(UTF_8));
        assertThat(record.headers().lastHeader("millrace-tenant").value()).isEqualTo("acme".getBytes(UTF_8));
    }
}
