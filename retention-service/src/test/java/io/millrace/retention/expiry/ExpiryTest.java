package io.millrace.retention.expiry;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.retention.policy.DataSet;
import io.millrace.retention.policy.Policy;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ExpiryTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final LocalDate TODAY = LocalDate.parse("2026-11-20");

    private static LogProgress allStoredAt(Instant now) {
        return new LogProgress(now, 1, new LogEnds.Known(Map.of(0, 9L)), Map.of(0, new PartitionProgress(9, null)));
    }

    private static StoredDay day(DataSet dataSet, int ago) {
        return new StoredDay(dataSet, TODAY.minusDays(ago), 10, 100);
    }

    private static Policy keep(DataSet dataSet, int days) {
        return new Policy(dataSet, days, Instant.EPOCH);
    }

    private static List<String> expired(List<Policy> policies, List<StoredDay> days, Instant now, int daysMax) {
        return Expiry.of(policies, days, allStoredAt(now), new Expiry.Limits(Duration.ofHours(1), daysMax)).stream()
                .map(found -> found.day().dataSet().wire() + " " + found.day().day()
                        + found.obstacle().map(why -> " " + why).orElse(""))
                .toList();
    }

    @Test
    void dayIsKeptUntilItsLastEventHasItsDays() {
        List<StoredDay> days = List.of(day(DataSet.EVENTS, 0), day(DataSet.EVENTS, 7), day(DataSet.EVENTS, 8));
        assertThat(expired(List.of(keep(DataSet.EVENTS, 7)), days, NOON, 10)).containsExactly("events 2026-11-12");
        // At the last moment of the 20th, the last event of the 13th is 7 days old less a moment.
        assertThat(expired(List.of(keep(DataSet.EVENTS, 7)), days, Instant.parse("2026-11-20T23:59:59.999Z"), 10))
                .containsExactly("events 2026-11-12");
        assertThat(expired(List.of(keep(DataSet.EVENTS, 7)), days, Instant.parse("2026-11-21T00:00:00Z"), 10))
                .hasSize(2)
                .contains("events 2026-11-13");
    }

    @Test
    void shortestPolicyStillKeepsYesterday() {
        List<StoredDay> days = List.of(day(DataSet.EVENTS, 0), day(DataSet.EVENTS, 1), day(DataSet.EVENTS, 2));
        assertThat(expired(List.of(keep(DataSet.EVENTS, 1)), days, NOON, 10)).containsExactly("events 2026-11-18");
    }

    @Test
    void withoutPolicyIsForEver() {
        List<StoredDay> days = new ArrayList<>();
        for (DataSet dataSet : DataSet.values()) {
            days.add(day(dataSet, 20_000));
        }
        assertThat(expired(List.of(), days, NOON, 10)).isEmpty();
        assertThat(expired(List.of(keep(DataSet.EVENTS_PER_HOUR, 30)), days, NOON, 10))
                .containsExactly("events_per_hour 1972-02-17");
    }

    @Test
    void oldestComeFirstAndTheRestLater() {
        List<Policy> policies = List.of(keep(DataSet.EVENTS, 7), keep(DataSet.DEAD_LETTERS, 7));
        List<StoredDay> days = List.of(
                day(DataSet.EVENTS, 9), day(DataSet.DEAD_LETTERS, 30), day(DataSet.EVENTS, 30), day(DataSet.EVENTS, 8));
        assertThat(expired(policies, days, NOON, 3))
                .containsExactly("events 2026-10-21", "dead_letters 2026-10-21", "events 2026-11-11");
        assertThat(expired(policies, days, NOON, 4)).hasSize(4);
    }

    @Test
    void dayThatIsNotSealedIsNamedWithTheReason() {
        LogProgress behind =
                new LogProgress(NOON, 1, new LogEnds.Known(Map.of(0, 9L)), Map.of(0, new PartitionProgress(8, null)));
        List<ExpiredDay> found = Expiry.of(
                List.of(keep(DataSet.EVENTS, 7)),
                List.of(day(DataSet.EVENTS, 8)),
                behind,
                new Expiry.Limits(Duration.ofHours(1), 10));
        assertThat(found.getFirst().obstacle()).contains("not_sealed: partition 0 is stored up to offset 8 of 9");
    }

    @Test
    void dayOfTheFutureIsNotExpired() {
        assertThat(expired(List.of(keep(DataSet.EVENTS, 1)), List.of(day(DataSet.EVENTS, -3)), NOON, 10))
                .isEmpty();
    }
}
