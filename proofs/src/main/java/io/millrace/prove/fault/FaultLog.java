package io.millrace.prove.fault;

import java.io.PrintStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What was done, when, and how it went; printed as it happens. */
public final class FaultLog {
    private final InstantSource clock = InstantSource.system();
    private final Instant began = clock.instant();
    private final PrintStream out;
    private final List<Entry> entries = new ArrayList<>();

    public FaultLog(PrintStream out) {
        this.out = out;
    }

    /**
     * One fault.
     *
     * @param done false when its moment did not come
     * @param kills processes ended by SIGKILL
     * @param remark what it met
     */
    public record Entry(Instant began, Instant ended, PlannedFault planned, boolean done, int kills, String remark) {
        /** Whether it was under way, or had been until shortly before, at that time. */
        public boolean isAround(Instant time, Duration margin) {
            return !began.minus(margin).isAfter(time) && !ended.plus(margin).isBefore(time);
        }

        @Override
        public String toString() {
            return "%s to %s  %s  %s".formatted(began, ended, planned, done ? remark : "did not come: " + remark);
        }
    }

    /** Done as planned. */
    void done(PlannedFault planned, Instant began, String remark) {
        done(planned, began, planned.fault().kills(), remark);
    }

    /** Done, with more kills than planned. */
    void done(PlannedFault planned, Instant began, int kills, String remark) {
        add(new Entry(began, clock.instant(), planned, true, kills, remark));
    }

    /** Its moment did not come, or not wholly. */
    void missed(PlannedFault planned, Instant began, int kills, String remark) {
        add(new Entry(began, clock.instant(), planned, false, kills, remark));
    }

    private void add(Entry entry) {
        entries.add(entry);
        out.printf(
                "%4d s  %s%s%s%n",
                Duration.between(began, entry.ended()).toSeconds(),
                entry.planned(),
                entry.done() ? "" : " (did not come)",
                entry.remark().isEmpty() ? "" : ": " + entry.remark());
    }

    Instant now() {
        return clock.instant();
    }

    public List<Entry> entries() {
        return List.copyOf(entries);
    }

    public int kills() {
        return entries.stream().mapToInt(Entry::kills).sum();
    }

    /** One line a kind: how often it was done, and how often its moment did not come. */
    public void printTable() {
        Map<String, int[]> counts = new TreeMap<>();
        for (Entry entry : entries) {
            int[] count = counts.computeIfAbsent(entry.planned().fault().kind(), _ -> new int[2]);
            count[entry.done() ? 0 : 1]++;
        }
        out.printf("%-75s %5s %7s%n", "faults", "done", "missed");
        counts.forEach((kind, count) -> out.printf("%-75s %5d %7s%n", kind, count[0], count[1] == 0 ? "" : count[1]));
        out.printf("%-75s %5d%n", "processes killed", kills());
    }
}
