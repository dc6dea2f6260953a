package io.millrace.prove.fault;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.prove.traffic.Seed;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class SeamPlanTest {
    @Test
    void oneSeedGivesOnePlan() {
        assertThat(SeamPlan.thorough(new Seed(3))).isEqualTo(SeamPlan.thorough(new Seed(3)));
        assertThat(SeamPlan.brief(new Seed(3))).isEqualTo(SeamPlan.brief(new Seed(3)));
        assertThat(SeamPlan.thorough(new Seed(3))).isNotEqualTo(SeamPlan.thorough(new Seed(4)));
    }

    @Test
    void everyPlanPassesMidnightOnceAndBreaksEveryPart() {
        Stream.of(SeamPlan.thorough(new Seed(3)), SeamPlan.brief(new Seed(3))).forEach(plan -> {
            List<String> kinds =
                    plan.stream().map(planned -> planned.fault().kind()).toList();
            assertThat(kinds).containsOnlyOnce("midnight by the clock of kafka");
            assertThat(kinds)
                    .contains(
                            "kill of analytics at any moment",
                            "freeze of analytics at any moment",
                            "start of analytics while clickhouse is down",
                            "kill of clickhouse at any moment")
                    .anyMatch(kind -> kind.startsWith("kill of consumer"));
        });
    }
}
