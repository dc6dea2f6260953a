package io.millrace.ingestion.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SharesTest {
    private static final double NOTHING = 1e-9;

    @Test
    void oneAloneHasAll() {
        assertThat(Shares.of(100, 0, new double[0])).isEqualTo(100);
        assertThat(Shares.of(100, 900, new double[0])).isEqualTo(100);
    }

    @Test
    void thoseThatAreAskedForMoreThanThereIsShareEqually() {
        assertThat(Shares.of(100, 60, new double[] {1_000})).isEqualTo(50);
        assertThat(Shares.of(100, 1_000, new double[] {60})).isEqualTo(50);
    }

    @Test
    void whoIsAskedForLessThanAnEqualPartGetsThatAndTheOthersTheRest() {
        assertThat(Shares.of(90, 10, new double[] {500, 50})).isEqualTo(10);
        assertThat(Shares.of(90, 500, new double[] {10, 50})).isEqualTo(40);
        assertThat(Shares.of(90, 50, new double[] {10, 500})).isEqualTo(40);
    }

    @Test
    void whatNobodyIsAskedForIsSharedEqually() {
        assertThat(Shares.of(100, 30, new double[] {10})).isEqualTo(60);
        assertThat(Shares.of(100, 10, new double[] {30})).isEqualTo(40);
    }

    @Test
    void sharesTogetherAreTheQuota() {
        Random random = new Random(5);
        for (int round = 0; round < 10_000; round++) {
            double quota = 1 + random.nextInt(1_000);
            double[] asked = IntStream.range(0, 1 + random.nextInt(8))
                    .mapToDouble(_ -> random.nextDouble() * quota)
                    .toArray();
            double together = IntStream.range(0, asked.length)
                    .mapToDouble(i -> Shares.of(quota, asked[i], without(i, asked)))
                    .sum();
            assertThat(together).isCloseTo(quota, within(quota * NOTHING));
        }
    }

    private static double[] without(int index, double[] asked) {
        double[] others = Arrays.copyOf(asked, asked.length - 1);
        if (index < others.length) {
            others[index] = asked[asked.length - 1];
        }
        return others;
    }
}
