package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.PositionVector;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class StorageStateTest {
    private static StorageState state(long generation, long minuteFloor, long end) {
        return new StorageState(
                generation,
                Map.of(StoredTable.MINUTES, Instant.ofEpochSecond(minuteFloor)),
                new TreeMap<>(Map.of(
                        new LogPartition(1, 0), 100L, new LogPartition(2, 0), end, new LogPartition(2, 7), 70L)));
    }

    @Test
    void appendingLeavesTheStorageTheSame() {
        assertThat(state(4, 60, 10).isSameStorageAs(state(4, 60, 20))).isTrue();
    }

    @Test
    void replacedDaysAreAnotherStorage() {
        assertThat(state(4, 60, 10).isSameStorageAs(state(6, 60, 10))).isFalse();
        assertThat(state(4, 60, 10).isSameStorageAs(state(5, 60, 10))).isFalse();
    }

    @Test
    void storageBeingReplacedIsNoStorageYet() {
        assertThat(state(5, 60, 10).isSameStorageAs(state(5, 60, 10))).isFalse();
    }

    @Test
    void raisedFloorIsAnotherStorage() {
        assertThat(state(4, 60, 10).isSameStorageAs(state(4, 120, 10))).isFalse();
    }

    @Test
    void positionIsOfOneLog() {
        assertThat(state(4, 60, 10).position(2))
                .isEqualTo(new PositionVector(2, new TreeMap<>(Map.of(0, 10L, 7, 70L))));
        assertThat(state(4, 60, 10).position(3)).isEqualTo(new PositionVector(3, new TreeMap<>()));
    }
}
