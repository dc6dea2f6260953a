package io.millrace.prove.counting;

import io.millrace.prove.verdict.Finding;

/** What a run's answers must come to, beside being right. */
final class Shares {
    /** With nothing broken; what is refused counts against it. */
    static final double QUIET_PERCENT_MIN = 99.9;

    /** Outside the outages, what follows from these included. */
    static final double OUTSIDE_PERCENT_MIN = 95;

    /**
     * With nothing broken, of answers that are up to date, too. A machine that is too busy for a second makes some that
     * are not.
     */
    static final double QUIET_LIVE_PERCENT_MIN = 99;

    /** Outside the outages: instances that were killed and come back read their tails back meanwhile. */
    static final double OUTSIDE_LIVE_PERCENT_MIN = 90;

    /** Less than that, and a run has asked about nothing. */
    private static final double WITH_EVENTS_PERCENT_MIN = 30;

    private static final double WITH_LIVE_PERCENT_MIN = 50;

    private Shares() {}

    static Finding answered(Tally all, long min) {
        return Finding.of(
                "%,d answers or more".formatted(min), all.answered() >= min, "%,d answers".formatted(all.answered()));
    }

    static Finding exact(String when, Tally tally, double percentMin) {
        return atLeast(percentMin, "%% exact " + when, tally.exact(), tally);
    }

    static Finding live(String when, Tally tally, double percentMin) {
        return atLeast(percentMin, "%% exact and live " + when, tally.exactAndLive(), tally);
    }

    private static Finding atLeast(double percentMin, String what, long part, Tally tally) {
        double percent = Tally.percent(part, tally.asked());
        return Finding.of(
                percentMin + " " + what.replace("%%", "%"),
                percent >= percentMin,
                "%.3f %% of %,d".formatted(percent, tally.asked()));
    }

    static Finding notTrivial(Tally all, Tally duringOutages) {
        boolean enough = Tally.percent(all.withEvents(), all.answered()) >= WITH_EVENTS_PERCENT_MIN
                && Tally.percent(all.withLive(), all.answered()) >= WITH_LIVE_PERCENT_MIN
                && duringOutages.answered() > 0;
        return Finding.of("answers have events, live data, and came during outages too", enough, all.toString());
    }
}
