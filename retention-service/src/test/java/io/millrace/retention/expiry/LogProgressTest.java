package io.millrace.retention.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogProgressTest {
    private static final LocalDate DAY = LocalDate.parse("2026-11-10");
    private static final Instant LATER = Instant.parse("2026-11-20T12:00:00Z");
    private static final Duration HOUR = Duration.ofHours(1);
    private static final LogEnds AWAY = new LogEnds.Unknown("Kafka did not answer");

    private static PartitionProgress stored(long to, @Nullable String received) {
        return new PartitionProgress(to, received == null ? null : Instant.parse(received));
    }

    private static Optional<String> unsealed(LogEnds ends, PartitionProgress first, PartitionProgress second) {
        return new LogProgress(LATER, 2, ends, Map.of(0, first, 1, second)).unsealed(DAY, HOUR);
    }

    private static LogEnds ends(long first, long second) {
        return new LogEnds.Known(Map.of(0, first, 1, second));
    }

    @Test
    void sealedOnceEveryPartitionHasStoredSomethingLater() {
        assertThat(unsealed(AWAY, stored(5, "2026-11-11T01:00:00Z"), stored(5, "2026-11-19T00:00:00Z")))
                .isEmpty();
    }

    @Test
    void recordsOfTheSealDelayDoNotSeal() {
        assertThat(unsealed(ends(6, 6), stored(5, "2026-11-11T00:59:59.999Z"), stored(6, null)))
                .contains("not_sealed: partition 0 is stored up to offset 5 of 6");
    }

    @Test
    void idlePartitionIsSealedWhenAllOfItIsStored() {
        assertThat(unsealed(ends(5, 0), stored(5, "2026-11-09T00:00:00Z"), stored(0, null)))
                .isEmpty();
        assertThat(unsealed(ends(5, 1), stored(5, "2026-11-09T00:00:00Z"), stored(0, null)))
                .contains("not_sealed: partition 1 is stored up to offset 0 of 1");
    }

    @Test
    void idlePartitionIsNotSealedWhileItsEndIsUnknown() {
        assertThat(unsealed(AWAY, stored(5, "2026-11-19T00:00:00Z"), stored(5, "2026-11-10T23:00:00Z")))
                .hasValueSatisfying(why -> assertThat(why).contains("partition 1", "Kafka did not answer"));
        assertThat(unsealed(new LogEnds.Known(Map.of(0, 5L)), stored(5, null), stored(5, null)))
                .contains("not_sealed: partition 1 has no end in Kafka");
    }

    @Test
    void partitionWithoutLedgerIsNotSealed() {
        LogProgress progress = new LogProgress(LATER, 2, ends(0, 0), Map.of(0, stored(0, null)));
        assertThat(progress.unsealed(DAY, HOUR)).contains("not_sealed: partition 1 has no ledger");
    }

    @Test
    void dayIsNotSealedBeforeItsEndAndTheDelay() {
        Map<Integer, PartitionProgress> all = Map.of(0, stored(5, "2026-12-01T00:00:00Z"));
        LogEnds end = new LogEnds.Known(Map.of(0, 5L));
        Instant sealed = Instant.parse("2026-11-11T01:00:00Z");
        assertThat(new LogProgress(sealed.minusMillis(1), 1, end, all).unsealed(DAY, HOUR))
                .contains("not_sealed: the day is sealed at 2026-11-11T01:00:00Z at the earliest");
        assertThat(new LogProgress(sealed, 1, end, all).unsealed(DAY, HOUR)).isEmpty();
    }
}
