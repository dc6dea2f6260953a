package io.millrace.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class IntentTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00.250Z");
    private static final Duration FIRST = Duration.ofSeconds(15);
    private static final LedgerEntry RANGE =
            new LedgerEntry(new LogPartition(1, 5), 100, 107, new LedgerEntry.Counts(7, 0, 0, 0), NOON, NOON, 3);

    @Test
    void comesBackFromTheMetadataAsItWas() {
        Intent intent = Intent.of(RANGE, NOON, FIRST, 2);
        assertThat(Intent.parse(intent.metadata())).contains(intent);
        assertThat(new Intent(100, 107, 3, Instant.ofEpochSecond(1_795_176_016), 0).metadata())
                .as("other releases read this")
                .isEqualTo("1,100,107,3,1795176016,0");
    }

    @Test
    void epochThatNobodyKnowsComesBackToo() {
        Intent intent = new Intent(0, 1, LedgerEntry.EPOCH_UNKNOWN, Instant.EPOCH, 0);
        assertThat(Intent.parse(intent.metadata())).contains(intent);
    }

    @Test
    void whateverElseStandsInTheMetadataIsNoIntent() {
        for (String other : new String[] {"", "x", "2,100,107,3,1795176016,0", "1,100,107,3,1795176016"}) {
            assertThat(Intent.parse(other)).as(other).isEmpty();
        }
        assertThatThrownBy(() -> Intent.parse("1,107,107,3,1795176016,0")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void deadlineIsNotEarlierThanAskedForAndInWholeSeconds() {
        assertThat(Intent.of(RANGE, NOON, FIRST, 0).deadline()).isEqualTo(Instant.parse("2026-11-20T12:00:16Z"));
    }

    @Test
    void eachAttemptGetsTwiceTheTimeUpToTheLongest() {
        assertThat(Intent.of(RANGE, NOON, FIRST, 1).deadline()).isEqualTo(Instant.parse("2026-11-20T12:00:31Z"));
        Instant longest = Instant.parse("2026-11-20T12:01:01Z");
        assertThat(Intent.of(RANGE, NOON, FIRST, 2).deadline()).isEqualTo(longest);
        assertThat(Intent.of(RANGE, NOON, FIRST, 3).deadline()).isEqualTo(longest);
        assertThat(Intent.of(RANGE, NOON, FIRST, Integer.MAX_VALUE).deadline()).isEqualTo(longest);
    }
}
