package io.millrace.prove.fault;

import io.millrace.prove.fault.Fault.FreezeAnytime;
import io.millrace.prove.fault.Fault.FreezeAt;
import io.millrace.prove.fault.Fault.HoldAt;
import io.millrace.prove.fault.Fault.KillAnytime;
import io.millrace.prove.fault.Fault.KillAt;
import io.millrace.prove.fault.Fault.PassMidnight;
import io.millrace.prove.fault.Fault.Restart;
import io.millrace.prove.fault.Fault.StartWithoutStore;
import io.millrace.prove.fault.Fault.TearInsert;
import io.millrace.prove.proxy.Moment;
import io.millrace.prove.proxy.Step;
import io.millrace.prove.traffic.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** What is broken while questions are asked, in its order: the same for the same seed. */
public final class SeamPlan {
    private static final int DOWN_MILLIS_MAX = 4_000;
    /** Beyond the session timeout of 6 s, so that others take over. */
    private static final int ASLEEP_MILLIS_MIN = 8_000;

    private static final int ASLEEP_MILLIS_MAX = 14_000;
    /** Time to take over, to read back and to be asked in peace: what lies outside the outages is judged too. */
    private static final int PAUSE_MILLIS_MIN = 8_000;

    private static final int PAUSE_MILLIS_MAX = 20_000;
    private static final int PAUSE_MILLIS_MIN_BRIEF = 500;
    private static final int PAUSE_MILLIS_MAX_BRIEF = 2_000;
    /** A broker's start, and then some records before the day ends. */
    private static final Duration MIDNIGHT_AFTER = Duration.ofSeconds(30);

    private static final Duration MIDNIGHT_AFTER_BRIEF = Duration.ofSeconds(10);

    private final PlanDraw draw;
    private final List<Fault> faults = new ArrayList<>();

    private SeamPlan(Seed seed) {
        this.draw = new PlanDraw(seed.random("seam plan"));
    }

    /** Every kind several times, in any order: a quarter of an hour. */
    public static List<PlannedFault> thorough(Seed seed) {
        SeamPlan plan = new SeamPlan(seed);
        plan.times(5, () -> new KillAnytime(Target.ANALYTICS, plan.down()));
        plan.times(3, () -> new Restart(Target.ANALYTICS, plan.down()));
        plan.times(4, () -> new FreezeAnytime(Target.ANALYTICS, plan.asleep()));
        plan.times(3, () -> new StartWithoutStore(plan.down()));
        plan.times(3, () -> new KillAnytime(Target.CLICKHOUSE, plan.down()));
        plan.times(2, () -> new Restart(Target.CLICKHOUSE, plan.down()));
        plan.times(2, () -> new KillAnytime(Target.KAFKA, plan.down()));
        plan.times(1, () -> new Restart(Target.KAFKA, plan.down()));
        plan.times(1, () -> new KillAnytime(Target.CONSUMERS, plan.down()));
        plan.times(1, () -> new Restart(Target.CONSUMER, plan.down()));
        for (Moment moment : List.of(Moment.SENT, Moment.ANSWERED)) {
            plan.killConsumer(Step.EVENTS, moment);
            plan.killConsumer(Step.LEDGER, moment);
        }
        plan.faults.add(new FreezeAt(Step.EVENTS, Moment.ANSWERED, plan.asleep()));
        plan.faults.add(new HoldAt(Step.EVENTS, Moment.BEFORE, Owner.FROZEN, plan.asleep()));
        plan.faults.add(new HoldAt(Step.LEDGER, Moment.BEFORE, Owner.KILLED, plan.asleep()));
        plan.faults.add(new TearInsert(Torn.EVENTS_WITHOUT_VIEWS, false));
        plan.faults.add(new TearInsert(Torn.ONE_VIEW_OF_TWO, false));
        plan.faults.add(new PassMidnight(MIDNIGHT_AFTER));
        plan.draw.shuffle(plan.faults);
        return plan.draw.numbered(plan.faults, PAUSE_MILLIS_MIN, PAUSE_MILLIS_MAX);
    }

    /**
     * One of most kinds, in a fixed order, with what the seed draws: about a minute. Kafka is ended by midnight already,
     * which its clock cannot pass while it runs.
     */
    public static List<PlannedFault> brief(Seed seed) {
        SeamPlan plan = new SeamPlan(seed);
        plan.faults.add(new PassMidnight(MIDNIGHT_AFTER_BRIEF));
        plan.faults.add(new KillAnytime(Target.ANALYTICS, Duration.ZERO));
        plan.killConsumer(Step.EVENTS, Moment.ANSWERED);
        plan.faults.add(new KillAnytime(Target.CLICKHOUSE, Duration.ZERO));
        plan.faults.add(new FreezeAnytime(Target.ANALYTICS, Duration.ofMillis(ASLEEP_MILLIS_MIN)));
        plan.faults.add(new StartWithoutStore(Duration.ofMillis(DOWN_MILLIS_MAX)));
        return plan.draw.numbered(plan.faults, PAUSE_MILLIS_MIN_BRIEF, PAUSE_MILLIS_MAX_BRIEF);
    }

    private void times(int times, Supplier<Fault> fault) {
        for (int i = 0; i < times; i++) {
            faults.add(fault.get());
        }
    }

    private void killConsumer(Step step, Moment moment) {
        faults.add(new KillAt(Target.CONSUMER, step, moment, Duration.ZERO, down()));
    }

    private Duration down() {
        return draw.below(DOWN_MILLIS_MAX);
    }

    private Duration asleep() {
        return draw.between(ASLEEP_MILLIS_MIN, ASLEEP_MILLIS_MAX);
    }
}
