package io.millrace.ingestion.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Several instances that exchange once a second, each at a moment of its own, over a minute of made-up time. */
class SharingTest {
    private static final Tenant TENANT = new Tenant("shop");
    private static final double QUOTA = 200;
    private static final int BATCH = 4;
    private static final long MILLI = 1_000_000L;
    private static final int SECOND = 1_000;
    private static final Duration LEASE = Duration.ofSeconds(5);

    /** What has become of the leases: who told what and when. */
    private final Map<Instance, Told> table = new HashMap<>();

    private final Random random = new Random(7);

    private record Told(Claim claim, int atMillis) {}

    /** One instance, and those who send to it. */
    static final class Instance {
        private final Budgets budgets = new Budgets();
        private final double perSecond;
        private final int exchangesAt;
        private final int patienceMillis;
        private int fromMillis;
        private int toMillis = Integer.MAX_VALUE;
        private double owed;
        private int waitsUntil;
        private int accepted;

        /** @param patienceMillis how long its clients wait when they are refused */
        Instance(double perSecond, int exchangesAt, int patienceMillis) {
            this.perSecond = perSecond;
            this.exchangesAt = exchangesAt;
            this.patienceMillis = patienceMillis;
        }

        TenantBudget budget(int millis) {
            return budgets.of(TENANT, new Quota((long) QUOTA, null, 1), millis * MILLI);
        }
    }

    static Stream<List<Instance>> overloads() {
        return Stream.of(
                List.of(new Instance(2_000, 0, 0), new Instance(2_000, 500, 0)),
                List.of(new Instance(2_000, 0, 0), new Instance(60, 900, 0)),
                List.of(new Instance(2_000, 0, 0), new Instance(90, 900, SECOND)),
                List.of(new Instance(150, 0, SECOND), new Instance(150, 10, SECOND), new Instance(150, 700, SECOND)),
                List.of(
                        new Instance(900, 0, 0),
                        new Instance(20, 300, 0),
                        new Instance(20, 600, 0),
                        new Instance(0.5, 900, 0)));
    }

    @ParameterizedTest
    @MethodSource("overloads")
    void togetherTheyStayWithinTenPercent(List<Instance> instances) {
        run(instances, 0, 10 * SECOND);
        int before = accepted(instances);
        run(instances, 10 * SECOND, 60 * SECOND);
        double perSecond = (accepted(instances) - before) / 50.0;
        assertThat(perSecond).isBetween(0.9 * QUOTA, 1.1 * QUOTA);
    }

    @ParameterizedTest
    @MethodSource("overloads")
    void noTenSecondsAreMoreThanTenPercentOver(List<Instance> instances) {
        run(instances, 0, 10 * SECOND);
        for (int from = 10 * SECOND; from < 60 * SECOND; from += 10 * SECOND) {
            int before = accepted(instances);
            run(instances, from, from + 10 * SECOND);
            assertThat(accepted(instances) - before).isLessThanOrEqualTo((int) (10 * 1.1 * QUOTA));
        }
    }

    @Test
    void instanceThatIsAskedForLessThanItsPartIsHardlyRefused() {
        Instance busy = new Instance(2_000, 0, 0);
        Instance calm = new Instance(60, 400, 0);
        List<Instance> both = List.of(busy, calm);
        run(both, 0, 10 * SECOND);
        int before = calm.accepted;
        run(both, 10 * SECOND, 60 * SECOND);
        assertThat((calm.accepted - before) / 50.0).isBetween(0.95 * 60, 1.05 * 60);
    }

    @Test
    void whatOneDoesNotNeedAnyMoreGoesToTheOtherWithinSeconds() {
        Instance staying = new Instance(2_000, 0, 0);
        Instance leaving = new Instance(2_000, 500, 0);
        leaving.toMillis = 20 * SECOND;
        List<Instance> both = List.of(staying, leaving);
        run(both, 0, 24 * SECOND);
        int before = staying.accepted;
        run(both, 24 * SECOND, 34 * SECOND);
        assertThat((staying.accepted - before) / 10.0).isBetween(0.9 * QUOTA, 1.1 * QUOTA);
    }

    @Test
    void newcomerHasItsPartWithinSecondsAndNobodyGetsMuchMoreMeanwhile() {
        Instance first = new Instance(2_000, 0, 0);
        Instance late = new Instance(2_000, 500, 0);
        late.fromMillis = 20 * SECOND;
        List<Instance> both = List.of(first, late);
        run(both, 0, 20 * SECOND);
        int before = accepted(both);
        run(both, 20 * SECOND, 30 * SECOND);
        // Its burst comes on top, a second's worth of its first share.
        assertThat(accepted(both) - before).isLessThanOrEqualTo((int) (10 * 1.1 * QUOTA + QUOTA));
        before = late.accepted;
        run(both, 30 * SECOND, 40 * SECOND);
        assertThat((late.accepted - before) / 10.0).isBetween(0.9 * QUOTA / 2, 1.1 * QUOTA / 2);
    }

    @Test
    void deadOnesShareIsTakenOverWhenItsLeaseIsOver() {
        Instance living = new Instance(2_000, 0, 0);
        Instance dying = new Instance(2_000, 500, 0);
        run(List.of(living, dying), 0, 10 * SECOND);
        run(List.of(living), 10 * SECOND, 17 * SECOND);
        int before = living.accepted;
        run(List.of(living), 17 * SECOND, 27 * SECOND);
        assertThat((living.accepted - before) / 10.0).isBetween(0.9 * QUOTA, 1.1 * QUOTA);
    }

    private void run(List<Instance> instances, int fromMillis, int toMillis) {
        for (int now = fromMillis; now < toMillis; now++) {
            for (Instance instance : instances) {
                if (now % SECOND == instance.exchangesAt) {
                    exchange(instance, now);
                }
                if (now >= instance.fromMillis && now < instance.toMillis) {
                    send(instance, now);
                }
            }
        }
    }

    /** Batches come at random moments. */
    private void send(Instance instance, int now) {
        instance.owed += 2 * random.nextDouble() * instance.perSecond / SECOND;
        while (instance.owed >= BATCH) {
            instance.owed -= BATCH;
            if (now >= instance.waitsUntil) {
                TenantBudget budget = instance.budget(now);
                if (!budget.isAgreed()) {
                    exchange(instance, now);
                }
                if (budget.ask(now * MILLI)
                        .or(() -> budget.take(Resource.EVENTS, BATCH, now * MILLI))
                        .isEmpty()) {
                    instance.accepted += BATCH;
                } else {
                    instance.waitsUntil = now + instance.patienceMillis;
                }
            }
        }
    }

    private void exchange(Instance instance, int now) {
        List<Claim> mine = instance.budgets.claims(LEASE, now * MILLI);
        mine.forEach(claim -> table.put(instance, new Told(claim, now)));
        if (!mine.isEmpty()) {
            instance.budgets.agree(mine, Map.of(TENANT, others(instance, now)), now * MILLI);
        }
        instance.budgets.settle(LEASE, now * MILLI);
    }

    private List<Claim> others(Instance instance, int now) {
        return table.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(instance))
                .map(Map.Entry::getValue)
                .filter(told -> now - told.atMillis() <= LEASE.toMillis())
                .map(Told::claim)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private static int accepted(List<Instance> instances) {
        return instances.stream().mapToInt(instance -> instance.accepted).sum();
    }
}
