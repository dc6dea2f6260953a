package io.millrace.prove;

import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Prints what a run is at, by seconds since its start. */
final class Phases {
    private final PrintStream out;
    private final long beganNanos = System.nanoTime();

    Phases(PrintStream out) {
        this.out = out;
    }

    void begin(String what) {
        out.printf("[%d s] %s%n", TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - beganNanos), what);
    }
}
