package io.millrace.prove.traffic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import java.util.stream.IntStream;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.junit.jupiter.api.Test;

final class TrafficTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void oneSeedGivesTheSameRecords() {
        EventDraw first = new EventDraw(new Seed(7).random("events"));
        EventDraw second = new EventDraw(new Seed(7).random("events"));
        EventDraw other = new EventDraw(new Seed(8).random("events"));
        for (int i = 0; i < 100; i++) {
            ProducerRecord<byte[], byte[]> record = first.protobuf(NOW);
            assertThat(second.protobuf(NOW).value()).isEqualTo(record.value());
            assertThat(other.protobuf(NOW).value()).isNotEqualTo(record.value());
        }
    }

    @Test
    void purposesDrawByThemselves() {
        assertThat(new Seed(7).random("a").nextLong())
                .isNotEqualTo(new Seed(7).random("b").nextLong());
    }

    @Test
    void oneRecordInAHundredIsDueAgainWithinItsDelay() {
        RetryQueue retries = new RetryQueue(new Seed(7).random("retries"), 50);
        EventDraw events = new EventDraw(new Seed(7).random("events"));
        IntStream.range(0, 10_000).forEach(sent -> retries.consider(events.protobuf(NOW), sent));

        int due = 0;
        while (retries.due(10_000 + 50) != null) {
            due++;
        }

        assertThat(due).isBetween(70, 130);
        assertThat(retries.due(Long.MAX_VALUE)).isNull();
    }

    @Test
    void retryIsNotDueBeforeItsTime() {
        RetryQueue retries = new RetryQueue(new Seed(7).random("retries"), 1);
        EventDraw events = new EventDraw(new Seed(7).random("events"));
        IntStream.range(0, 1_000).forEach(_ -> retries.consider(events.protobuf(NOW), 500));

        assertThat(retries.due(499)).isNull();
        assertThat(retries.due(500)).isNotNull();
    }

    @Test
    void logHoldsEverythingAcknowledgedAndAtMostWhatIsInDoubt() {
        Sent sent = new Sent(100, 2, 30, 4, 9);

        assertThat(sent.agreesWith(129)).isFalse();
        assertThat(sent.agreesWith(130)).isTrue();
        assertThat(sent.agreesWith(136)).isTrue();
        assertThat(sent.agreesWith(137)).isFalse();
    }

    @Test
    void trafficIsNeitherEmptyNorAlmostStandingStill() {
        assertThat(new TrafficTerms(1, 100).eventsMin()).isOne();
        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficTerms(0, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new TrafficTerms(1, 99));
    }
}
