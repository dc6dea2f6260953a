package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

class PartitionBoardTest {
    private static final Instant NOW = Instant.parse("2026-11-20T12:00:00Z");

    private final PartitionBoard board = new PartitionBoard(InstantSource.fixed(NOW));

    @Test
    void lagIsWhatTheLogHasAndTheLedgerHasNot() {
        PartitionStatus status = stored(OptionalLong.of(70), NOW.minusSeconds(5));
        board.putLogEnd(3, 100);
        assertThat(board.lagRecords(status)).hasValue(30);
        assertThat(board.lag(status)).contains(Duration.ofSeconds(5));
    }

    @Test
    void thereIsNoLagWhenAllIsStoredHoweverLongAgo() {
        PartitionStatus status = stored(OptionalLong.of(100), NOW.minusSeconds(5_000));
        board.putLogEnd(3, 100);
        assertThat(board.lagRecords(status)).hasValue(0);
        assertThat(board.lag(status)).contains(Duration.ZERO);
        board.putLogEnd(3, 99);
        assertThat(board.lagRecords(status))
                .as("asked before the last range was stored")
                .hasValue(0);
    }

    @Test
    void lagIsUnknownWhileAnEndIs() {
        assertThat(board.lagRecords(stored(OptionalLong.of(100), NOW))).isEmpty();
        board.putLogEnd(3, 99);
        assertThat(board.lagRecords(stored(OptionalLong.empty(), NOW))).isEmpty();
        PartitionStatus unread =
                new PartitionStatus(3, PartitionState.OPENING, OptionalLong.empty(), Optional.empty(), "", 0);
        assertThat(board.lag(unread)).isEmpty();
    }

    @Test
    void brokersClockAheadOfOursIsNoNegativeLag() {
        board.putLogEnd(3, 101);
        assertThat(board.lag(stored(OptionalLong.of(100), NOW.plusSeconds(1)))).contains(Duration.ZERO);
    }

    private static PartitionStatus stored(OptionalLong upTo, Instant since) {
        return new PartitionStatus(3, PartitionState.RUNNING, upTo, Optional.of(since), "", 0);
    }
}
