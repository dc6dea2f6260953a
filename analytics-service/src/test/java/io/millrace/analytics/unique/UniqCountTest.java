package io.millrace.analytics.unique;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class UniqCountTest {
    @Test
    void smallSetIsExactUpToItsMaximum() {
        assertThat(UniqCount.of(0, 0)).isEqualTo(new UniqCount(0, true, 0));
        assertThat(UniqCount.of(UniqCount.EXACT_MAX, 0)).isEqualTo(new UniqCount(92, true, 0));
        assertThat(UniqCount.of(UniqCount.EXACT_MAX + 1, 0))
                .isEqualTo(new UniqCount(93, false, UniqCount.COLLISIONS_ERROR_MAX));
    }

    @Test
    void exactMeansWrongInLessThanOneOfAMillion() {
        assertThat(hidesAnotherUser(UniqCount.EXACT_MAX)).isLessThan(1e-6);
        assertThat(hidesAnotherUser(UniqCount.EXACT_MAX + 1)).isGreaterThan(1e-6);
    }

    private static double hidesAnotherUser(double hashes) {
        return hashes * (hashes + 1) / 0x1p33;
    }

    /** Users that share a hash are nearly Poisson distributed, with n(n - 1)/2^33 as their mean. */
    @Test
    void collisionsStayWithinTheirBoundIn99Of100Sets() {
        for (int n = UniqCount.EXACT_MAX + 1; n <= UniqState.HASHES_MAX; n++) {
            double mean = n * (n - 1.0) / 0x1p33;
            double within = 0;
            double term = Math.exp(-mean);
            for (int missing = 0; missing <= n * UniqCount.COLLISIONS_ERROR_MAX; missing++) {
                within += term;
                term *= mean / (missing + 1);
            }
            assertThat(within).as("of %d users", n).isGreaterThan(0.99);
        }
    }

    /** What ClickHouse 26.7 said of states of so many hashes, so that a change is seen without a server. */
    @ParameterizedTest
    @CsvSource({
        "65536, 0, 65536",
        "0, 9, 373",
        "1, 1, 2",
        "1, 9, 594",
        "32768, 1, 65538",
        "49152, 5, 1573179",
        "64891, 15, 2934987013",
        "64883, 16, 19794803072",
        // Here it overflows before 26.7.7 and is the largest there is since.
        "65536, 16, 95265423098"
    })
    void estimateIsClickHouses(int hashes, int skipDegree, long users) {
        assertThat(UniqCount.of(hashes, skipDegree).users()).isEqualTo(users);
    }

    /** The hashes kept are a random part of all, so their number has a binomial's standard deviation. */
    @Test
    void thinningStaysWithinItsBoundIn99Of100Sets() {
        double deviations = 2.576;
        // Halving 65,537 hashes leaves fewer with a probability below 10^-6.
        double fewest = UniqState.HASHES_MAX / 2.0 - 5 * 128;
        for (int skipDegree = 1; skipDegree <= 13; skipDegree++) {
            double standardError = Math.sqrt((1 - Math.scalb(1.0, -skipDegree)) / fewest);
            double load = -Math.log1p(-Math.scalb(fewest, skipDegree - 32));
            assertThat(deviations * standardError * Math.expm1(load) / load).isLessThan(UniqCount.THINNED_ERROR_MAX);
        }
        // That many users are not too many for the degree 13.
        assertThat(UniqCount.of(57_700, 13).users()).isGreaterThan(UniqCount.THINNED_USERS_MAX);
    }

    @Test
    void thinnedSetIsNeverExactAndItsBoundGrowsWithTheHashSpaceTaken() {
        assertThat(UniqCount.of(0, 1).exact()).isFalse();
        assertThat(UniqCount.of(40_000, 1).relativeErrorMax()).isEqualTo(UniqCount.THINNED_ERROR_MAX);
        UniqCount most = UniqCount.of(57_000, 13);
        assertThat(most.users()).isLessThan(UniqCount.THINNED_USERS_MAX);
        assertThat(most.relativeErrorMax()).isEqualTo(UniqCount.THINNED_ERROR_MAX);
        UniqCount more = UniqCount.of(60_000, 13);
        assertThat(more.users()).isGreaterThan(UniqCount.THINNED_USERS_MAX);
        assertThat(more.relativeErrorMax()).isBetween(0.0159, 0.0160);
    }

    @ParameterizedTest
    @ValueSource(ints = {66_000, 132_000, 540_000})
    void randomSetsStayWithinTheBound(int users) {
        SplittableRandom random = new SplittableRandom(users);
        int outside = 0;
        for (int set = 0; set < 50; set++) {
            UniqState state = new UniqState();
            for (int i = 0; i < users; i++) {
                state.add(random.nextLong());
            }
            UniqCount count = state.count();
            double error = Math.abs(count.users() - users) / (double) users;
            outside += error > count.relativeErrorMax() ? 1 : 0;
        }
        // Fewer than one is expected of the 150 of all sizes. The seed is fixed.
        assertThat(outside).isLessThan(2);
    }
}
