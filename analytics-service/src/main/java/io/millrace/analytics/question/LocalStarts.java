package io.millrace.analytics.question;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.ArrayList;
import java.util.List;

/**
 * Finds when the minutes, hours, days, weeks or months of a zone start, as runs: while the zone's offset stays what it
 * is, starts are even, so fifty years cost a few hundred runs and not millions of starts.
 *
 * <p>An interval whose local start is skipped when clocks are set forward starts at that moment; when all of it is
 * skipped, it is none. When clocks are set back, minutes and hours that come again start again, and days and longer
 * ones do not.
 */
final class LocalStarts {
    /** More than clocks were ever changed by at once. */
    private static final long CHANGE_SECONDS_MAX = Duration.ofDays(2).toSeconds();

    private final Interval interval;
    private final ZoneId zone;
    private final List<Run> runs = new ArrayList<>();

    private LocalStarts(Interval interval, ZoneId zone) {
        this.interval = interval;
        this.zone = zone;
    }

    /**
     * {@return the last start at or before a time, and all later ones before another}
     *
     * @param from in epoch seconds
     * @param to in epoch seconds, exclusive; after {@code from}
     */
    static List<Run> between(long from, long to, Interval interval, ZoneId zone) {
        LocalStarts starts = new LocalStarts(interval, zone);
        // So early that the last start before `from` is found.
        long early = from - 2 * interval.widthSeconds() - CHANGE_SECONDS_MAX;
        if (interval == Interval.MONTH) {
            starts.addMonths(early, to);
        } else {
            starts.addEven(early, to);
        }
        return starts.from(from);
    }

    private void addMonths(long from, long to) {
        LocalDate month = Instant.ofEpochSecond(from).atZone(zone).toLocalDate().withDayOfMonth(1);
        long start = month.atStartOfDay(zone).toEpochSecond();
        while (start < to) {
            add(start, 1);
            month = month.plusMonths(1);
            start = month.atStartOfDay(zone).toEpochSecond();
        }
    }

    /** Goes from one change of the offset to the next. */
    private void addEven(long from, long to) {
        ZoneRules rules = zone.getRules();
        long since = from;
        long offset = rules.getOffset(Instant.ofEpochSecond(since)).getTotalSeconds();
        // The local time up to which starts have been seen.
        long reached = since + offset;
        while (true) {
            ZoneOffsetTransition change = rules.nextTransition(Instant.ofEpochSecond(since));
            long until = change == null ? to : Math.min(to, change.toEpochSecond());
            addSteady(since, until, offset, reached);
            if (change == null || change.toEpochSecond() >= to) {
                return;
            }
            reached = interval.startsAgain() ? until + offset : Math.max(reached, until + offset);
            since = until;
            offset = change.getOffsetAfter().getTotalSeconds();
        }
    }

    /** The starts while the offset is the same; {@code reached} is the local time up to which they were seen before. */
    private void addSteady(long since, long until, long offset, long reached) {
        long local = since + offset;
        if (nextStart(reached) < local && nextStart(local) > local) {
            add(since, 1);
        }
        long first = nextStart(interval.startsAgain() ? local : Math.max(local, reached));
        add(first - offset, Math.ceilDiv(until + offset - first, interval.widthSeconds()));
    }

    /** {@return the first start at or after a local time, of clocks that nobody changes} */
    private long nextStart(long local) {
        return local + Math.floorMod(interval.phaseSeconds() - local, interval.widthSeconds());
    }

    private void add(long start, long points) {
        if (points < 1) {
            return;
        }
        Run last = runs.isEmpty() ? null : runs.getLast();
        if (last != null && last.startEpochSecond() + last.points() * interval.widthSeconds() == start) {
            runs.set(runs.size() - 1, new Run(last.startEpochSecond(), last.points() + points));
        } else {
            runs.add(new Run(start, points));
        }
    }

    /** Drops what lies before the last start at or before a time. */
    private List<Run> from(long from) {
        int first = 0;
        while (first + 1 < runs.size() && runs.get(first + 1).startEpochSecond() <= from) {
            first++;
        }
        Run run = runs.get(first);
        long passed = Math.min((from - run.startEpochSecond()) / interval.widthSeconds(), run.points() - 1);
        List<Run> kept = new ArrayList<>(runs.subList(first, runs.size()));
        kept.set(0, new Run(run.startEpochSecond() + passed * interval.widthSeconds(), run.points() - passed));
        return kept;
    }
}
