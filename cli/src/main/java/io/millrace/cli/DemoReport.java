package io.millrace.cli;

import java.io.PrintStream;
import java.util.Locale;

/** Tells how a demo goes, now and then and at its end. */
final class DemoReport {
    private static final double NANOS = 1e9;

    private final DemoTally tally;
    private final PrintStream out;
    private final long startedNanos;
    private long lastNanos;
    private long lastAccepted;

    DemoReport(DemoTally tally, PrintStream out, long startedNanos) {
        this.tally = tally;
        this.out = out;
        this.startedNanos = startedNanos;
        this.lastNanos = startedNanos;
    }

    /** The rate since the last line. */
    void tick(long nowNanos) {
        long accepted = tally.accepted();
        double perSecond = (accepted - lastAccepted) / ((nowNanos - lastNanos) / NANOS);
        out.printf(
                Locale.ROOT,
                "%4.0f s  accepted %d, rejected %d, %.0f events/s%n",
                (nowNanos - startedNanos) / NANOS,
                accepted,
                tally.rejected(),
                perSecond);
        lastNanos = nowNanos;
        lastAccepted = accepted;
    }

    /** The account, with the rate over all. */
    void end(long nowNanos) {
        tally.rejectedByReason().forEach((reason, events) -> out.println(events + " rejected, " + reason));
        double perSecond = tally.accepted() / ((nowNanos - startedNanos) / NANOS);
        out.printf(
                Locale.ROOT,
                "accepted %d, rejected %d, %.0f events/s%n",
                tally.accepted(),
                tally.rejected(),
                perSecond);
    }
}
