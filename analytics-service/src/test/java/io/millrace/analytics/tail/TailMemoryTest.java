package io.millrace.analytics.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.LogOfEvents;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class TailMemoryTest {
    private static final int RECORDS = 3_000;

    private final Map<Integer, PartitionTail> tails = new TreeMap<>();

    private PartitionTail filled(int partition, long seed) {
        LogOfEvents log = LogOfEvents.random(new Random(seed), RECORDS, 50);
        PartitionTail tail = new PartitionTail(LogOfEvents.terms(50), LogOfEvents.USER_HASH);
        tail.begin(0, 0);
        log.records().forEach(tail::readBack);
        tails.put(partition, tail);
        return tail;
    }

    private long bytes() {
        return TailMemory.bytes(tails.values());
    }

    @Test
    void leavesWhatFits() {
        PartitionTail tail = filled(0, 1);
        new TailMemory(bytes(), _ -> OptionalLong.of(RECORDS)).trim(tails);
        assertThat(tail.reach().floor()).isZero();
    }

    @Test
    void dropsWhatIsStoredFirst() {
        PartitionTail one = filled(0, 1);
        PartitionTail other = filled(1, 2);
        long most = bytes() * 3 / 4;
        new TailMemory(most, partition -> OptionalLong.of(partition == 0 ? 2_900 : 10)).trim(tails);
        assertThat(bytes()).isLessThanOrEqualTo(most);
        assertThat(one.reach().floor()).isBetween(1_000L, 2_900L);
        assertThat(other.reach().floor()).isBetween(1L, 10L);
    }

    @Test
    void dropsWhatIsNotStoredWhenItMust() {
        PartitionTail one = filled(0, 1);
        PartitionTail other = filled(1, 2);
        long most = bytes() / 3;
        new TailMemory(most, _ -> OptionalLong.of(0)).trim(tails);
        assertThat(bytes()).isLessThanOrEqualTo(most);
        assertThat(List.of(one.reach().floor(), other.reach().floor())).anyMatch(floor -> floor > 0);
        for (PartitionTail tail : tails.values()) {
            assertThat(tail.reach().holdsFrom(tail.reach().floor())).isTrue();
            assertThat(tail.reach().holdsFrom(tail.reach().floor() - 1)).isFalse();
        }
    }

    @Test
    void dropsTheSameWhileNobodyKnowsWhatIsStored() {
        filled(0, 1);
        new TailMemory(bytes() / 2, _ -> OptionalLong.empty()).trim(tails);
        assertThat(tails.get(0))
                .isNotNull()
                .satisfies(tail -> assertThat(tail.reach().floor()).isPositive());
    }
}
