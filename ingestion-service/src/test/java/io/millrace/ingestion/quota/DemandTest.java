package io.millrace.ingestion.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class DemandTest {
    private static final double NO_MOST = 1e12;
    private static final long SECOND = 1_000_000_000L;

    private final Demand demand = new Demand(0);

    @Test
    void steadyDemandIsFoundWithinSeconds() {
        for (int i = 0; i < 120; i++) {
            demand.add(25, NO_MOST, i * SECOND / 10);
        }
        assertThat(demand.at(12 * SECOND)).isCloseTo(250, within(10.0));
    }

    @Test
    void whatHasEndedIsSoonForgotten() {
        demand.add(1_000, NO_MOST, 0);
        assertThat(demand.at(5 * SECOND)).isLessThan(50);
    }

    @Test
    void isNeverMoreThanCanMatter() {
        demand.add(1_000_000, 100, 0);
        assertThat(demand.at(0)).isEqualTo(100);
        assertThat(demand.at(2 * SECOND)).isLessThan(40);
    }

    @Test
    void refusalCountsWhateverWasAskedForBefore() {
        demand.atLeast(80, SECOND);
        demand.atLeast(20, SECOND);
        assertThat(demand.at(SECOND)).isEqualTo(80);
    }
}
