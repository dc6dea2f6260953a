package io.millrace.ingestion.door;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.event.EventId;
import io.millrace.kit.problem.ProblemException;
import java.time.Instant;
import java.util.HashSet;
import java.util.Set;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventIdsTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05.678Z");

    private final EventIds ids = new EventIds();

    @Test
    void madeIdIsOfVersionSevenAndTellsItsTime() {
        EventId id = ids.forRequest(null, NOW).apply(0);
        assertThat(id.uuid().version()).isEqualTo(7);
        assertThat(id.uuid().variant()).isEqualTo(2);
        assertThat(id.uuid().getMostSignificantBits() >>> 16).isEqualTo(NOW.toEpochMilli());
    }

    @Test
    void madeIdsOfOneMomentDiffer() {
        Set<EventId> made = new HashSet<>();
        IntFunction<EventId> request = ids.forRequest(null, NOW);
        for (int i = 0; i < 10_000; i++) {
            made.add(request.apply(0));
        }
        assertThat(made).hasSize(10_000);
    }

    /** Frozen: a client may send its retry to a newer release. */
    @Test
    void derivedIdsStayAsTheyAre() {
        assertThat(ids.forRequest("order-77", NOW).apply(0)).hasToString("e0789adf-978c-8086-85c9-34fd22277e5f");
        assertThat(ids.forRequest("order-77", NOW).apply(1)).hasToString("812e5d3a-c86a-8003-8440-99e3ecaf9659");
    }

    @Test
    void derivedIdFollowsFromKeyAndIndexAlone() {
        IntFunction<EventId> request = ids.forRequest("k", NOW);
        assertThat(request.apply(3))
                .isEqualTo(new EventIds().forRequest("k", NOW.plusSeconds(9)).apply(3))
                .isNotEqualTo(request.apply(4))
                .isNotEqualTo(ids.forRequest("l", NOW).apply(3));
        assertThat(request.apply(3).uuid().version()).isEqualTo(8);
        assertThat(ids.forRequest("a1", NOW).apply(1))
                .isNotEqualTo(ids.forRequest("a", NOW).apply(11));
    }

    @Test
    void idempotencyKeyIsTakenUpToItsLimit() {
        assertThat(ids.forRequest("k".repeat(255), NOW).apply(0)).isNotNull();
        refused("k".repeat(256));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "two words", "käse", "tab\t"})
    void otherIdempotencyKeysAreRefused(String key) {
        refused(key);
    }

    private void refused(String key) {
        assertThatThrownBy(() -> ids.forRequest(key, NOW))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> assertThat(e.problem().code()).isEqualTo("idempotency_key_invalid"));
    }
}
