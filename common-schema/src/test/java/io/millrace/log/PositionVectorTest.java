package io.millrace.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PositionVectorTest {
    @Test
    void readsWhatItWrites() {
        Random random = new Random(1);
        for (int i = 0; i < 1_000; i++) {
            TreeMap<Integer, Long> offsets = new TreeMap<>();
            for (int n = random.nextInt(20); n > 0; n--) {
                offsets.put(
                        random.nextInt(LogPosition.PARTITIONS_MAX),
                        random.nextLong(Long.MAX_VALUE >>> random.nextInt(60)));
            }
            PositionVector vector = new PositionVector(1 + random.nextInt(1_000), offsets);
            assertThat(PositionVector.parse(vector.toToken())).isEqualTo(vector);
        }
    }

    @Test
    void tokenIsShortAndStable() {
        PositionVector vector = new PositionVector(1, new TreeMap<>(Map.of(0, 5L, 11, 300L)));
        assertThat(vector.toToken()).isEqualTo("AQEABQusAg");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "!", "Ag", "AQ", "AQA", "AQEA", "AQH_", "AQH__________w", "AQEABQ\n"})
    void refusesWhatIsNoToken(String token) {
        assertThatThrownBy(() -> PositionVector.parse(token)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void coversWhatLiesWithin() {
        PositionVector vector = vector(1, Map.of(0, 5L, 1, 7L));
        assertThat(vector.covers(vector)).isTrue();
        assertThat(vector.covers(vector(1, Map.of(1, 7L)))).isTrue();
        assertThat(vector.covers(vector(1, Map.of(1, 8L)))).isFalse();
        assertThat(vector.covers(vector(1, Map.of(2, 1L)))).isFalse();
        assertThat(vector.covers(vector(1, Map.of(2, 0L)))).isTrue();
        assertThat(vector.covers(vector(2, Map.of()))).isFalse();
    }

    private static PositionVector vector(int logId, Map<Integer, Long> offsets) {
        return new PositionVector(logId, new TreeMap<>(offsets));
    }
}
