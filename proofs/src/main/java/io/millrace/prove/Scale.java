package io.millrace.prove;

import io.millrace.prove.fault.Plan;
import io.millrace.prove.fault.PlannedFault;
import io.millrace.prove.traffic.Seed;
import io.millrace.prove.traffic.TrafficTerms;
import java.util.List;

/**
 * How much is done in a run.
 *
 * @param traffic what is sent
 * @param plan the faults
 * @param killsMin processes that must have been killed for the run to count
 */
record Scale(TrafficTerms traffic, List<PlannedFault> plan, int killsMin) {
    /** Two million events are left of them without copies, dead letters and what was taken back. */
    private static final long EVENTS_THOROUGH = 2_100_000;

    private static final int RATE_THOROUGH = 2_500;
    private static final int KILLS_THOROUGH = 50;
    private static final long EVENTS_BRIEF = 100_000;
    private static final int RATE_BRIEF = 1_200;
    private static final int KILLS_BRIEF = 4;

    /** About ten minutes of faults. */
    static Scale thorough(Seed seed) {
        return new Scale(new TrafficTerms(EVENTS_THOROUGH, RATE_THOROUGH), Plan.thorough(seed), KILLS_THOROUGH);
    }

    /** About a minute and a half of them. */
    static Scale brief(Seed seed) {
        return new Scale(new TrafficTerms(EVENTS_BRIEF, RATE_BRIEF), Plan.brief(seed), KILLS_BRIEF);
    }

    /** The same with another number of events. */
    Scale withEvents(long events) {
        return new Scale(new TrafficTerms(events, traffic.recordsPerSecond()), plan, killsMin);
    }
}
