package io.millrace.consumer.store;

import io.millrace.consumer.range.LedgerEntry;
import java.util.EnumSet;
import java.util.Set;

/**
 * What the tables hold of one partition on one day of receipt, nothing being on its way any more.
 *
 * @param ledgerBefore rows that the ledger says were stored that day before the range
 * @param within rows of {@code events} in the range
 */
record Holdings(long ledgerBefore, long within, Table events, Table minute, Table hour) {

    /**
     * One table.
     *
     * @param rows events it holds or, as a view, counts
     * @param offsetMax the highest offset among them; means nothing when there are none
     */
    record Table(long rows, long offsetMax) {
        boolean endsBefore(long offset) {
            return rows == 0 || offsetMax < offset;
        }
    }

    /** What is to be made of it. */
    sealed interface Verdict {
        record Whole() implements Verdict {}

        /** An insert is one part in each table, so each has the range whole or not at all. */
        record Lacking(Set<EventTable.Target> targets) implements Verdict {}

        /** Nothing that this service does leads here. */
        record Unexplained(String message) implements Verdict {}
    }

    /** Judges whether the tables hold a range, which nothing behind it does. */
    Verdict judge(LedgerEntry range) {
        long before = events.rows() - within;
        if (!events.endsBefore(range.endOffset())) {
            return unexplained(range, "events goes on to offset " + events.offsetMax());
        }
        if (before != ledgerBefore) {
            return unexplained(
                    range, "events has %d rows of that day before it, the ledger %d".formatted(before, ledgerBefore));
        }
        long stored = range.counts().stored();
        if (within != 0 && within != stored) {
            return unexplained(range, "events has %d of its %d rows".formatted(within, stored));
        }
        EnumSet<EventTable.Target> targets = EnumSet.noneOf(EventTable.Target.class);
        if (within < stored) {
            targets.add(EventTable.Target.EVENTS);
        }
        for (EventTable.Target target : EventTable.Target.VIEWS) {
            Table view = target == EventTable.Target.MINUTE ? minute : hour;
            if (view.rows() == before && view.endsBefore(range.startOffset())) {
                if (stored > 0) {
                    targets.add(target);
                }
            } else if (view.rows() != before + stored || !view.endsBefore(range.endOffset())) {
                return unexplained(
                        range,
                        "%s has %d rows up to offset %d, which is neither %d nor %d more"
                                .formatted(target.table(), view.rows(), view.offsetMax(), before, stored));
            }
        }
        return targets.isEmpty() ? new Verdict.Whole() : new Verdict.Lacking(targets);
    }

    private static Verdict.Unexplained unexplained(LedgerEntry range, String what) {
        return new Verdict.Unexplained("on " + range.receivedDay() + ", around range " + range + ": " + what);
    }
}
