package io.millrace.prove.fault;

import static io.millrace.prove.proxy.Moment.ANSWERED;
import static io.millrace.prove.proxy.Moment.BEFORE;
import static io.millrace.prove.proxy.Moment.HALF;
import static io.millrace.prove.proxy.Moment.HANDED_OVER;
import static io.millrace.prove.proxy.Moment.SENT;

import io.millrace.prove.fault.Fault.CutAt;
import io.millrace.prove.fault.Fault.DelayAnswer;
import io.millrace.prove.fault.Fault.FreezeAt;
import io.millrace.prove.fault.Fault.HoldAt;
import io.millrace.prove.fault.Fault.KillAnytime;
import io.millrace.prove.fault.Fault.KillAt;
import io.millrace.prove.fault.Fault.KillSuccessorAt;
import io.millrace.prove.fault.Fault.Restart;
import io.millrace.prove.fault.Fault.TearInsert;
import io.millrace.prove.proxy.Moment;
import io.millrace.prove.proxy.Step;
import io.millrace.prove.traffic.Seed;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The faults of a run in their order: the same for the same seed. */
public final class Plan {
    private static final int PAUSE_MILLIS_MIN = 500;
    private static final int PAUSE_MILLIS_MAX = 2_500;
    private static final int PAUSE_MILLIS_BRIEF = 1_000;
    private static final int DOWN_MILLIS_MAX = 4_000;
    /** Beyond the session timeout of 6 s, so that another takes over. */
    private static final int ASLEEP_MILLIS_MIN = 8_000;

    private static final int ASLEEP_MILLIS_MAX = 14_000;
    /** Around the time that a takeover and its recovery take, which begin with the 6 s of the session and the deadline. */
    private static final int HELD_MILLIS_MIN = 6_000;

    private static final int HELD_MILLIS_MAX = 18_000;
    /** Beyond any takeover. */
    private static final Duration HELD_LONG = Duration.ofSeconds(12);
    /** Beyond the 8 s after which a consumer of a run gives a request up. */
    private static final Duration GIVEN_UP_AFTER = Duration.ofSeconds(10);

    private static final int INSERT_MILLIS_MAX = 60;

    private final PlanDraw draw;
    private final List<Fault> faults = new ArrayList<>();

    private Plan(Seed seed) {
        this.draw = new PlanDraw(seed.random("plan"));
    }

    /** Every kind of fault, at least 50 kills, ten minutes and more. */
    public static List<PlannedFault> thorough(Seed seed) {
        Plan plan = new Plan(seed);
        plan.killEverywhere();
        plan.killRecoveries();
        plan.breakConnections();
        plan.freezeEverywhere();
        plan.holdEverywhere();
        plan.tearInserts();
        plan.killAnytime(Target.CONSUMER, 8);
        plan.killAnytime(Target.CONSUMERS, 3);
        plan.killAnytime(Target.CLICKHOUSE, 4);
        plan.killAnytime(Target.KAFKA, 6);
        plan.killWithinInserts(6);
        for (int i = 0; i < 3; i++) {
            plan.faults.add(new Restart(Target.CONSUMER, plan.down()));
        }
        return plan.shuffled();
    }

    /** One of each kind, in a fixed order, with what the seed draws: about a minute and a half. */
    public static List<PlannedFault> brief(Seed seed) {
        Plan plan = new Plan(seed);
        Duration atOnce = Duration.ZERO;
        plan.killConsumer(Step.EVENTS, ANSWERED);
        plan.faults.add(new TearInsert(Torn.EVENTS_WITHOUT_VIEWS, true));
        plan.faults.add(new TearInsert(Torn.TOKEN_WITHOUT_PART, false));
        plan.faults.add(new HoldAt(Step.EVENTS, BEFORE, Owner.FROZEN, HELD_LONG));
        plan.faults.add(new CutAt(Step.LEDGER, ANSWERED));
        plan.killConsumer(Step.LEDGER, BEFORE);
        plan.faults.add(new KillAnytime(Target.KAFKA, atOnce));
        plan.faults.add(new KillAnytime(Target.CONSUMERS, atOnce));
        plan.killWithinInserts(1);
        plan.faults.add(new FreezeAt(Step.LEDGER, ANSWERED, Duration.ofMillis(ASLEEP_MILLIS_MIN)));
        plan.faults.add(new Restart(Target.CONSUMER, atOnce));
        plan.faults.add(new DelayAnswer(Step.EVENTS, GIVEN_UP_AFTER));
        plan.faults.add(new KillSuccessorAt(Step.REPAIR, ANSWERED, atOnce));
        return plan.numbered(PAUSE_MILLIS_BRIEF);
    }

    private void killEverywhere() {
        for (Moment moment : List.of(BEFORE, HALF, SENT, ANSWERED, HANDED_OVER)) {
            killConsumer(Step.EVENTS, moment);
        }
        for (Moment moment : List.of(BEFORE, SENT, ANSWERED, HANDED_OVER)) {
            killConsumer(Step.LEDGER, moment);
        }
        killConsumer(Step.DEAD_LETTERS, ANSWERED);
    }

    private void killConsumer(Step step, Moment moment) {
        faults.add(new KillAt(Target.CONSUMER, step, moment, Duration.ZERO, down()));
    }

    private void killRecoveries() {
        faults.add(new KillSuccessorAt(Step.KILL, BEFORE, down()));
        faults.add(new KillSuccessorAt(Step.QUESTION, ANSWERED, down()));
        faults.add(new KillSuccessorAt(Step.REPAIR, SENT, down()));
        faults.add(new KillSuccessorAt(Step.REPAIR, ANSWERED, down()));
    }

    private void killWithinInserts(int times) {
        for (int i = 0; i < times; i++) {
            Duration later = draw.below(INSERT_MILLIS_MAX);
            faults.add(new KillAt(Target.CLICKHOUSE, Step.EVENTS, SENT, later, down()));
        }
    }

    private void killAnytime(Target target, int times) {
        for (int i = 0; i < times; i++) {
            faults.add(new KillAnytime(target, down()));
        }
    }

    private void breakConnections() {
        for (Step step : List.of(Step.EVENTS, Step.LEDGER)) {
            faults.add(new CutAt(step, HALF));
            faults.add(new CutAt(step, ANSWERED));
        }
        faults.add(new CutAt(Step.DEAD_LETTERS, ANSWERED));
        faults.add(new DelayAnswer(Step.EVENTS, asleep()));
        faults.add(new DelayAnswer(Step.LEDGER, asleep()));
    }

    private void freezeEverywhere() {
        for (Moment moment : List.of(BEFORE, SENT, ANSWERED, HANDED_OVER)) {
            faults.add(new FreezeAt(Step.EVENTS, moment, asleep()));
        }
        for (Moment moment : List.of(BEFORE, ANSWERED, HANDED_OVER)) {
            faults.add(new FreezeAt(Step.LEDGER, moment, asleep()));
        }
        faults.add(new FreezeAt(Step.DEAD_LETTERS, BEFORE, asleep()));
        faults.add(new FreezeAt(Step.QUESTION, ANSWERED, asleep()));
    }

    private void holdEverywhere() {
        for (Owner owner : List.of(Owner.KILLED, Owner.FROZEN)) {
            faults.add(new HoldAt(Step.EVENTS, BEFORE, owner, held()));
            faults.add(new HoldAt(Step.EVENTS, HALF, owner, held()));
            faults.add(new HoldAt(Step.LEDGER, BEFORE, owner, held()));
        }
        faults.add(new HoldAt(Step.EVENTS, BEFORE, Owner.AWAKE, GIVEN_UP_AFTER));
        faults.add(new HoldAt(Step.EVENTS, HALF, Owner.AWAKE, GIVEN_UP_AFTER));
    }

    private void tearInserts() {
        for (Torn state : Torn.values()) {
            faults.add(new TearInsert(state, false));
            faults.add(new TearInsert(state, true));
        }
    }

    private Duration down() {
        return draw.below(DOWN_MILLIS_MAX);
    }

    private Duration asleep() {
        return draw.between(ASLEEP_MILLIS_MIN, ASLEEP_MILLIS_MAX);
    }

    private Duration held() {
        return draw.between(HELD_MILLIS_MIN, HELD_MILLIS_MAX);
    }

    private List<PlannedFault> shuffled() {
        draw.shuffle(faults);
        return numbered(PAUSE_MILLIS_MAX);
    }

    private List<PlannedFault> numbered(int pauseMillisMax) {
        return draw.numbered(faults, PAUSE_MILLIS_MIN, pauseMillisMax);
    }
}
