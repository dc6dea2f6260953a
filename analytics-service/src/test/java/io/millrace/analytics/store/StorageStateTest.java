package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;

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
                        new LogPartition(1, 0),
                        end(100),
                        new LogPartition(2, 0),
                        end(end),
                        new LogPartition(2, 7),
                        end(70))));
    }

    private static StorageState.End end(long offset) {
        return new StorageState.End(offset, Instant.EPOCH);
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
    void endsAreOfOneLog() {
        assertThat(state(4, 60, 10).end(2, 0).offset()).isEqualTo(10);
        assertThat(state(4, 60, 10).end(2, 7).offset()).isEqualTo(70);
        assertThat(state(4, 60, 10).end(1, 7).offset()).isZero();
    }
}
