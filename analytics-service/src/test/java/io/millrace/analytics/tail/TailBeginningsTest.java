package io.millrace.analytics.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.LogOfEvents;
import io.millrace.analytics.tail.TailBeginnings.Beginning;
import io.millrace.analytics.tail.TailBeginnings.Known;
import io.millrace.kit.eventlog.LedgerPast;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where a tail begins, with a duplicate window of 100 offsets and room for 1,000 of them. */
class TailBeginningsTest {
    private static final int WINDOW = 100;
    private static final int OFFSETS_MAX = 1_000;

    private static Beginning beginning(long logStart, long logEnd, long storedTo, long openedAt) {
        return TailBeginnings.beginning(
                new Known(logStart, logEnd, storedTo, new LedgerPast(openedAt, Optional.empty())),
                LogOfEvents.terms(WINDOW),
                OFFSETS_MAX);
    }

    @ParameterizedTest
    @CsvSource({
        // log start, log end, stored to, ledger opened at: recalled from, counted from
        "0, 500, 400, 0, 300, 400",
        "0, 500, 50, 0, 0, 50",
        "0, 0, 0, 0, 0, 0",
        // Stored further than this broker knows yet.
        "0, 500, 600, 0, 400, 500",
        // The consumer is far behind, and all that is to come would not fit.
        "0, 9000, 10, 0, 7900, 8000",
        // Kafka has deleted what was before.
        "350, 500, 400, 0, 350, 400",
        // Nothing before the ledger was opened is an event of ours.
        "0, 500, 400, 380, 380, 400",
        // The consumer lost what it had not stored.
        "450, 500, 400, 0, 450, 450",
    })
    void beginsWhereStoredDataEndsAndRecallsTheWindowBeforeIt(
            long logStart, long logEnd, long storedTo, long openedAt, long recallFrom, long countFrom) {
        assertThat(beginning(logStart, logEnd, storedTo, openedAt))
                .isEqualTo(new Beginning(recallFrom, countFrom, Optional.empty()));
    }

    @Test
    void eventsThatKafkaDeletedAreUnknownOnlyWhereTheWindowReachesThem() {
        LedgerPast past = new LedgerPast(0, Optional.of(Instant.EPOCH));
        assertThat(TailBeginnings.beginning(new Known(350, 500, 400, past), LogOfEvents.terms(WINDOW), OFFSETS_MAX)
                        .unknownReceivedTo())
                .contains(Instant.EPOCH);
        assertThat(TailBeginnings.beginning(new Known(200, 500, 400, past), LogOfEvents.terms(WINDOW), OFFSETS_MAX)
                        .unknownReceivedTo())
                .isEmpty();
    }
}
