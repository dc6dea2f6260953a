package io.millrace.prove.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.prove.traffic.Seed;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

final class PlanTest {
    @Test
    void oneSeedGivesOnePlan() {
        assertThat(Plan.thorough(new Seed(3))).isEqualTo(Plan.thorough(new Seed(3)));
        assertThat(Plan.brief(new Seed(3))).isEqualTo(Plan.brief(new Seed(3)));
        assertThat(Plan.thorough(new Seed(3))).isNotEqualTo(Plan.thorough(new Seed(4)));
    }

    @Test
    void thoroughPlanKillsMoreThanFiftyTimesEvenIfSomeMomentsDoNotCome() {
        assertThat(kills(Plan.thorough(new Seed(3)))).isGreaterThanOrEqualTo(60);
    }

    @Test
    void thoroughPlanHasTheSameFaultsInAnotherOrder() {
        assertThat(kinds(new Seed(4))).containsExactlyInAnyOrderElementsOf(kinds(new Seed(3)));
        assertThat(kinds(new Seed(4))).isNotEqualTo(kinds(new Seed(3)));
    }

    @Test
    void faultsAreNumberedFromOne() {
        List<PlannedFault> plan = Plan.thorough(new Seed(3));

        assertThat(plan.stream().map(fault -> (long) fault.number()))
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, plan.size()).boxed().toList());
    }

    private static int kills(List<PlannedFault> plan) {
        return plan.stream().mapToInt(planned -> planned.fault().kills()).sum();
    }

    private static List<String> kinds(Seed seed) {
        return Plan.thorough(seed).stream()
                .map(planned -> planned.fault().kind())
                .toList();
    }
}
