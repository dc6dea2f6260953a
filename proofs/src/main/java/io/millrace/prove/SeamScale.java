package io.millrace.prove;

import io.millrace.prove.fault.PlannedFault;
import io.millrace.prove.fault.SeamPlan;
import io.millrace.prove.traffic.Seed;
import io.millrace.prove.traffic.TrafficTerms;
import java.time.Duration;
import java.util.List;

/**
 * How much is asked in a run.
 *
 * @param traffic what is sent meanwhile
 * @param plan the faults
 * @param answersMin after the last fault it is asked on until there are so many
 * @param pause of one asker
 * @param alone how long the first instance is asked alone
 * @param quiet how long both are asked after the last fault, at least
 * @param live whether answers must be up to date too: that depends on how busy the machine is
 */
record SeamScale(
        TrafficTerms traffic,
        List<PlannedFault> plan,
        long answersMin,
        Duration pause,
        Duration alone,
        Duration quiet,
        boolean live) {
    private static final int RATE_THOROUGH = 1_000;
    private static final long ANSWERS_THOROUGH = 100_000;
    private static final int RATE_BRIEF = 500;
    private static final long ANSWERS_BRIEF = 2_000;

    /** About 35 minutes. */
    static SeamScale thorough(Seed seed) {
        return new SeamScale(
                new TrafficTerms(1, RATE_THOROUGH),
                SeamPlan.thorough(seed),
                ANSWERS_THOROUGH,
                Duration.ofMillis(40),
                Duration.ofMinutes(1),
                Duration.ofMinutes(2),
                true);
    }

    /** Under three. */
    static SeamScale brief(Seed seed) {
        return new SeamScale(
                new TrafficTerms(1, RATE_BRIEF),
                SeamPlan.brief(seed),
                ANSWERS_BRIEF,
                Duration.ofMillis(150),
                Duration.ofSeconds(4),
                Duration.ofSeconds(4),
                false);
    }

    /** The same with another number of events. */
    SeamScale withEvents(long events) {
        return new SeamScale(
                new TrafficTerms(events, traffic.recordsPerSecond()), plan, answersMin, pause, alone, quiet, live);
    }

    /** The same with another number of answers. */
    SeamScale withAnswers(long answers) {
        return new SeamScale(traffic, plan, answers, pause, alone, quiet, live);
    }
}
