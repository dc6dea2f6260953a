package io.millrace.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** Bytes per event on disk once everything is merged: of {@code events} by column, of the other tables as a whole. */
final class SizeOnDisk {
    /** Of {@code events} with everything that belongs to its parts. */
    static final double GOAL_BYTES = 48;

    private static final List<String> OTHERS = List.of("events_per_minute", "events_per_hour", "ledger");

    private final EventStore store;

    SizeOnDisk(EventStore store) {
        this.store = store;
    }

    void print(PrintStream out) throws IOException, InterruptedException {
        store.ask("OPTIMIZE TABLE events FINAL");
        long events = store.number("SELECT count() FROM events");
        DiskUse use = DiskUse.of(store, "events");
        out.printf(Locale.ROOT, "Bytes per event on disk, merged, of %d demo events%n", events);
        use.columnBytes().forEach((column, bytes) -> print(out, "  " + column, bytes, events));
        print(out, "  marks", use.markBytes(), events);
        print(out, "  keys, indexes, projection, sums", use.otherBytes(), events);
        print(out, "events", use.wholeBytes(), events);
        out.println("goal: " + verdict((double) use.wholeBytes() / events));
        for (String table : OTHERS) {
            store.ask("OPTIMIZE TABLE " + table + " FINAL");
            long rows = store.number("SELECT count() FROM " + table);
            print(out, table + ", " + rows + " rows", DiskUse.of(store, table).wholeBytes(), events);
        }
    }

    static String verdict(double bytes) {
        String goal = String.format(Locale.ROOT, "at most %.0f in events", GOAL_BYTES);
        return bytes <= GOAL_BYTES
                ? goal + ", met"
                : goal + ", missed by " + String.format(Locale.ROOT, "%.2f", bytes - GOAL_BYTES);
    }

    private static void print(PrintStream out, String what, long bytes, long events) {
        out.printf(Locale.ROOT, "%-34s%13.3f%n", what, (double) bytes / events);
    }
}
