package io.millrace.prove.fault;

import io.millrace.localstack.Part;
import io.millrace.prove.fault.Fault.CutAt;
import io.millrace.prove.fault.Fault.DelayAnswer;
import io.millrace.prove.fault.Fault.FreezeAnytime;
import io.millrace.prove.fault.Fault.FreezeAt;
import io.millrace.prove.fault.Fault.HoldAt;
import io.millrace.prove.fault.Fault.KillAnytime;
import io.millrace.prove.fault.Fault.KillAt;
import io.millrace.prove.fault.Fault.KillSuccessorAt;
import io.millrace.prove.fault.Fault.PassMidnight;
import io.millrace.prove.fault.Fault.Restart;
import io.millrace.prove.fault.Fault.StartWithoutStore;
import io.millrace.prove.fault.Fault.TearInsert;
import io.millrace.prove.proxy.CutException;
import io.millrace.prove.proxy.Exchange;
import io.millrace.prove.proxy.Moment;
import io.millrace.prove.proxy.Step;
import io.millrace.prove.proxy.Strike;
import io.millrace.prove.stage.ServiceProcess;
import io.millrace.prove.stage.Stage;
import io.millrace.prove.traffic.Seed;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/** Does the faults of a plan, one after the other; what they break is mended while the next ones go on. */
public final class Injector {
    /** Longer than a takeover with its recovery, after which requests flow again. */
    private static final Duration MOMENT_PATIENCE = Duration.ofSeconds(40);

    /** Of the consumers of a run. */
    private static final Duration SESSION_TIMEOUT = Duration.ofSeconds(6);

    private final Stage stage;
    private final FaultLog log;
    private final Repairs repairs;
    private final AnytimeFaults anytime;

    public Injector(Stage stage, FaultLog log, Seed seed) {
        this.stage = stage;
        this.log = log;
        this.repairs = new Repairs(stage);
        this.anytime = new AnytimeFaults(stage, repairs, seed.random("victims"));
    }

    /**
     * Does all of it; afterwards everything runs.
     *
     * @param check called before each fault; may end the run by an exception
     */
    public void run(List<PlannedFault> plan, Runnable check) throws IOException, InterruptedException {
        try {
            for (PlannedFault planned : plan) {
                Thread.sleep(planned.pause());
                check.run();
                repairs.await();
                inject(planned);
            }
        } finally {
            // Also when the run breaks off: nothing may be started after its end.
            repairs.await();
        }
    }

    /** Does one fault, and mends what it broke. */
    public Outage injectAndMend(PlannedFault planned) throws IOException, InterruptedException {
        Instant began = log.now();
        inject(planned);
        repairs.await();
        repairs.supervise();
        return new Outage(planned, began, log.now());
    }

    private void inject(PlannedFault planned) throws IOException, InterruptedException {
        Instant began = log.now();
        switch (planned.fault()) {
            case KillAnytime fault -> {
                anytime.kill(fault);
                log.done(planned, began, "");
            }
            case Restart fault -> {
                anytime.restart(fault);
                log.done(planned, began, "");
            }
            case FreezeAnytime fault -> {
                anytime.freeze(fault);
                log.done(planned, began, "");
            }
            case StartWithoutStore fault -> {
                anytime.startWithoutStore(fault);
                log.done(planned, began, "");
            }
            case PassMidnight fault ->
                log.done(planned, began, "its clock is ahead by " + anytime.passMidnight(fault, began));
            case KillAt fault -> note(planned, began, ambush(fault.step(), fault.moment(), kill(fault)));
            case KillSuccessorAt fault -> killTwice(planned, began, fault);
            case FreezeAt fault -> freeze(planned, began, fault);
            case HoldAt fault -> hold(planned, began, fault);
            case CutAt fault ->
                note(planned, began, ambush(fault.step(), fault.moment(), _ -> {
                    throw new CutException();
                }));
            case DelayAnswer fault ->
                note(planned, began, ambush(fault.step(), Moment.ANSWERED, _ -> Thread.sleep(fault.delay())));
            case TearInsert fault -> tear(planned, began, fault);
        }
    }

    private Optional<Exchange> ambush(Step step, Moment moment, Strike strike)
            throws IOException, InterruptedException {
        return stage.ambushes().strike(step, moment, strike, MOMENT_PATIENCE);
    }

    private void note(PlannedFault planned, Instant began, Optional<Exchange> met) {
        if (met.isPresent()) {
            log.done(planned, began, met.get().toString());
        } else {
            log.missed(planned, began, 0, "no such request in " + MOMENT_PATIENCE.toSeconds() + " s");
        }
    }

    private Strike kill(KillAt fault) {
        return exchange -> {
            if (fault.target() == Target.CLICKHOUSE) {
                Thread.sleep(fault.later());
                anytime.killServer(Part.CLICKHOUSE, fault.down());
            } else {
                killConsumer(exchange.consumer(), fault.down());
            }
        };
    }

    private void killConsumer(int number, Duration down) {
        anytime.killService(stage.consumers().get(number), down);
    }

    private void killTwice(PlannedFault planned, Instant began, KillSuccessorAt fault)
            throws IOException, InterruptedException {
        awaitSuccessors();
        AtomicReference<Optional<Exchange>> second = new AtomicReference<>(Optional.empty());
        // Half an insert stays with ClickHouse until the successor has been killed, and then gets its other half.
        Optional<Exchange> first = ambush(Step.EVENTS, Moment.HALF, exchange -> {
            ServiceProcess victim = stage.consumers().get(exchange.consumer());
            victim.kill();
            if (fault.step() == Step.QUESTION) {
                // Of these it has its own too; from then on they belong to its recovery of the victim's partitions.
                Thread.sleep(SESSION_TIMEOUT);
            }
            second.set(
                    ambush(fault.step(), fault.moment(), recovery -> killConsumer(recovery.consumer(), fault.down())));
            repairs.later(victim, Duration.ZERO);
        });
        if (first.isEmpty()) {
            note(planned, began, first);
        } else if (second.get().isPresent()) {
            log.done(planned, began, first.get() + ", then " + second.get().get());
        } else {
            log.missed(planned, began, 1, first.get() + ", then no such request of another");
        }
    }

    private void freeze(PlannedFault planned, Instant began, FreezeAt fault) throws IOException, InterruptedException {
        Optional<Exchange> met = ambush(
                fault.step(),
                fault.moment(),
                exchange -> stage.consumers().get(exchange.consumer()).freeze());
        if (met.isPresent()) {
            Thread.sleep(fault.asleep());
            stage.consumers().get(met.get().consumer()).thaw();
        }
        noteTakeover(planned, began, met);
    }

    private void hold(PlannedFault planned, Instant began, HoldAt fault) throws IOException, InterruptedException {
        awaitSuccessors();
        Optional<Exchange> met = ambush(fault.step(), fault.moment(), exchange -> {
            ServiceProcess owner = stage.consumers().get(exchange.consumer());
            switch (fault.owner()) {
                case KILLED -> killConsumer(owner.number(), Duration.ZERO);
                case FROZEN -> owner.freeze();
                case AWAKE -> {}
            }
            Thread.sleep(fault.held());
            if (fault.owner() == Owner.FROZEN) {
                owner.thaw();
            }
        });
        noteTakeover(planned, began, met);
    }

    private void noteTakeover(PlannedFault planned, Instant began, Optional<Exchange> met) {
        if (met.isEmpty()) {
            note(planned, began, met);
            return;
        }
        boolean late = stage.exchanges().takenOver(met.get(), began);
        log.done(planned, began, met.get() + (late ? ", taken over meanwhile" : ", not taken over meanwhile"));
    }

    /** Without anybody to take over, what is to be late for a takeover is not. */
    private void awaitSuccessors() {
        stage.consumers().forEach(ServiceProcess::awaitReady);
    }

    private void tear(PlannedFault planned, Instant began, TearInsert fault) throws IOException, InterruptedException {
        Tearing.Hunt hunt = new Tearing(stage).tear(fault.state());
        String remark = "killed %d times in %d inserts that were watched".formatted(hunt.kills(), hunt.inserts());
        if (!hunt.met()) {
            log.missed(planned, began, hunt.kills(), remark);
            return;
        }
        repairs.later(Part.CLICKHOUSE, Duration.ZERO);
        if (!fault.repairerKilled()) {
            log.done(planned, began, hunt.kills(), remark);
            return;
        }
        Optional<Exchange> repair =
                ambush(Step.REPAIR, Moment.ANSWERED, one -> killConsumer(one.consumer(), Duration.ZERO));
        if (repair.isPresent()) {
            log.done(planned, began, hunt.kills() + 1, remark + ", then " + repair.get());
        } else {
            log.missed(planned, began, hunt.kills(), remark + ", but nobody repaired a table alone");
        }
    }
}
