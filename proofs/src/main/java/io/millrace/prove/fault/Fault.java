package io.millrace.prove.fault;

import io.millrace.prove.proxy.Moment;
import io.millrace.prove.proxy.Step;
import java.time.Duration;
import java.util.Locale;

/** Something done on purpose that must change no count. */
sealed interface Fault {
    /** Its name in the table. */
    String kind();

    /** How many processes it ends by SIGKILL. */
    int kills();

    /**
     * A kill at no particular moment.
     *
     * @param down how long until it is started again
     */
    record KillAnytime(Target target, Duration down) implements Fault {
        @Override
        public String kind() {
            return "kill of " + text(target) + " at any moment";
        }

        @Override
        public int kills() {
            return target.processes();
        }
    }

    /**
     * A kill at an exact moment of a request: of its sender, or of ClickHouse some time later.
     *
     * @param later after the moment
     */
    record KillAt(Target target, Step step, Moment moment, Duration later, Duration down) implements Fault {
        @Override
        public String kind() {
            return "kill of " + text(target) + " at " + text(step) + " " + text(moment);
        }

        @Override
        public int kills() {
            return target.processes();
        }
    }

    /** The owner is killed while it inserts, and who takes over is killed at a step of its recovery. */
    record KillSuccessorAt(Step step, Moment moment, Duration down) implements Fault {
        @Override
        public String kind() {
            return "kill of an owner, then of its successor at " + text(step) + " " + text(moment);
        }

        @Override
        public int kills() {
            return 2;
        }
    }

    /**
     * The sender of a request is frozen; the request goes on.
     *
     * @param asleep longer than the session timeout
     */
    record FreezeAt(Step step, Moment moment, Duration asleep) implements Fault {
        @Override
        public String kind() {
            return "freeze at " + text(step) + " " + text(moment);
        }

        @Override
        public int kills() {
            return 0;
        }
    }

    /**
     * A request is held back, and delivered late.
     *
     * @param moment before all of it or in its middle
     * @param owner what happens to its sender meanwhile
     */
    record HoldAt(Step step, Moment moment, Owner owner, Duration held) implements Fault {
        @Override
        public String kind() {
            return text(step) + " delivered late, held " + text(moment) + ", owner " + text(owner);
        }

        @Override
        public int kills() {
            return owner == Owner.KILLED ? 1 : 0;
        }
    }

    /** The connection breaks. */
    record CutAt(Step step, Moment moment) implements Fault {
        @Override
        public String kind() {
            return "connection cut at " + text(step) + " " + text(moment);
        }

        @Override
        public int kills() {
            return 0;
        }
    }

    /** An answer takes its time. */
    record DelayAnswer(Step step, Duration delay) implements Fault {
        @Override
        public String kind() {
            return "answer delayed at " + text(step);
        }

        @Override
        public int kills() {
            return 0;
        }
    }

    /** Something is stopped in good order and started again; of a service, that makes two rebalances. */
    record Restart(Target target, Duration down) implements Fault {
        @Override
        public String kind() {
            return "restart of " + text(target) + " in good order";
        }

        @Override
        public int kills() {
            return 0;
        }
    }

    /**
     * ClickHouse is killed in an exact state of an insert, which is seen on its disk.
     *
     * @param repairerKilled whether the consumer that repairs it is killed once its repair is in
     */
    record TearInsert(Torn state, boolean repairerKilled) implements Fault {
        @Override
        public String kind() {
            return "kill of clickhouse with " + text(state) + (repairerKilled ? ", then of its repairer" : "");
        }

        @Override
        public int kills() {
            return repairerKilled ? 2 : 1;
        }
    }

    /**
     * A service is frozen at no particular moment.
     *
     * @param asleep longer than the session timeout
     */
    record FreezeAnytime(Target target, Duration asleep) implements Fault {
        @Override
        public String kind() {
            return "freeze of " + text(target) + " at any moment";
        }

        @Override
        public int kills() {
            return 0;
        }
    }

    /** ClickHouse and an instance of analytics-service are killed, and only the instance is started again at once. */
    record StartWithoutStore(Duration down) implements Fault {
        @Override
        public String kind() {
            return "start of analytics while clickhouse is down";
        }

        @Override
        public int kills() {
            return 2;
        }
    }

    /**
     * The broker is stopped in good order and started with a clock that is ahead, so that its day ends soon.
     *
     * @param after about how long after the stop
     */
    record PassMidnight(Duration after) implements Fault {
        @Override
        public String kind() {
            return "midnight by the clock of kafka";
        }

        @Override
        public int kills() {
            return 0;
        }
    }

    private static String text(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }
}
