package io.millrace.prove;

import io.millrace.prove.stage.Stage;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
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

    /** Says how it ended, and keeps everything of a run whose promise did not hold. {@return whether it did} */
    boolean end(String what, boolean holds, Path folder) throws IOException {
        begin(what + (holds ? ": HOLDS" : ": DOES NOT HOLD"));
        if (holds) {
            Stage.forget(folder);
        } else {
            out.println("everything is kept in " + folder);
        }
        return holds;
    }
}
