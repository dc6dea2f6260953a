package io.millrace.ingestion.publish;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.LogTerms;
import io.millrace.log.PositionVector;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.junit.jupiter.api.Test;

class AcknowledgementsTest {
    private static final LogTerms TERMS = new LogTerms(7, 12, 1, Duration.ofSeconds(1), Duration.ofSeconds(1));

    private final Acknowledgements three = new Acknowledgements(TERMS, 3);

    @Test
    void positionIsBehindTheHighestOffsetOfEachPartition() {
        three.onCompletion(at(2, 41), null);
        three.onCompletion(at(5, 9), null);
        assertThat(three.result()).isNotDone();
        three.onCompletion(at(2, 40), null);
        assertThat(three.result()).isCompletedWithValue(new PositionVector(7, new TreeMap<>(Map.of(2, 42L, 5, 10L))));
    }

    @Test
    void oneFailureFailsAllOnceAllIsSaid() {
        three.onCompletion(at(0, 0), null);
        three.onCompletion(null, new TimeoutException("late"));
        assertThat(three.failed()).isTrue();
        assertThat(three.result()).isNotDone();
        three.onCompletion(at(0, 1), null);
        assertThat(three.result())
                .isCompletedExceptionally()
                .failsWithin(Duration.ZERO)
                .withThrowableThat()
                .withCauseInstanceOf(PublishFailed.class)
                .withMessageContaining("late");
    }

    @Test
    void whatIsNotSentAnyMoreIsNotWaitedFor() {
        three.onCompletion(null, new TimeoutException("late"));
        three.notSent(2);
        assertThat(three.result()).isCompletedExceptionally();
    }

    @Test
    void acknowledgementWithoutAnOffsetIsAFailure() {
        Acknowledgements one = new Acknowledgements(TERMS, 1);
        one.onCompletion(at(3, -1), null);
        assertThat(one.result()).isCompletedExceptionally();
    }

    /** Kafka gives failed records metadata too, with an offset of -1. */
    @Test
    void failureCountsEvenWithMetadata() {
        Acknowledgements one = new Acknowledgements(TERMS, 1);
        one.onCompletion(at(3, -1), new TimeoutException("late"));
        assertThat(one.result()).failsWithin(Duration.ZERO).withThrowableThat().withMessageContaining("late");
    }

    private static RecordMetadata at(int partition, long offset) {
        return new RecordMetadata(new TopicPartition("t", partition), offset, 0, 0, 0, 0);
    }
}
