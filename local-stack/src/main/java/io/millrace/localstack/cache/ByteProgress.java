package io.millrace.localstack.cache;

import java.io.Console;
import java.io.PrintStream;
import java.util.Locale;
import java.util.Optional;

/**
 * How far a download is: one line that is redrawn on a terminal, and one line for every {@value #STEP_MIB} MiB when the
 * output goes into a file.
 */
public final class ByteProgress {
    private static final int STEP_MIB = 32;
    private static final int BAR_CELLS = 30;
    private static final long MIB = 1L << 20;

    private final String what;
    private final long totalBytes;
    private final PrintStream out;
    private final boolean redraw;
    private long shownSteps = -1;

    /**
     * A display that has shown nothing yet.
     *
     * @param totalBytes what is expected; a display never passes 100 %
     * @param redraw whether the output is a terminal
     */
    public ByteProgress(String what, long totalBytes, PrintStream out, boolean redraw) {
        this.what = what;
        this.totalBytes = totalBytes;
        this.out = out;
        this.redraw = redraw;
    }

    /** Whether this program talks to a terminal. */
    public static boolean onTerminal() {
        return Optional.ofNullable(System.console()).filter(Console::isTerminal).isPresent();
    }

    /** Shows a state. */
    public void show(long bytes) {
        long shown = Math.min(bytes, totalBytes);
        if (redraw) {
            out.print("\r" + bar(shown));
            out.flush();
        } else if (shown / (STEP_MIB * MIB) > shownSteps) {
            shownSteps = shown / (STEP_MIB * MIB);
            out.println(line(shown));
        }
    }

    /** Shows that all is there. */
    public void done() {
        out.println(redraw ? "\r" + bar(totalBytes) : line(totalBytes));
    }

    private String bar(long bytes) {
        int full = (int) (bytes * BAR_CELLS / totalBytes);
        return "%s [%s%s] %s".formatted(what, "#".repeat(full), ".".repeat(BAR_CELLS - full), amount(bytes));
    }

    private String line(long bytes) {
        return what + ": " + amount(bytes);
    }

    private String amount(long bytes) {
        return String.format(Locale.ROOT, "%3d %% of %d MiB", bytes * 100 / totalBytes, Math.ceilDiv(totalBytes, MIB));
    }
}
