package io.millrace.analytics.question;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * When points start, worked out from one time at a time by looking at all local starts around it: slow, and independent
 * of {@link LocalStarts}.
 */
public record NaivePoints(Interval interval, ZoneId zone) {

    /** {@return the start of the point that a time lies in} */
    public Instant startOf(Instant time) {
        Instant found = startsAround(time).floor(time);
        if (found == null) {
            throw new AssertionError("no start before " + time);
        }
        return found;
    }

    /** {@return the starts of all points that a range touches} */
    public List<Instant> starts(TimeRange range) {
        List<Instant> starts = new ArrayList<>();
        if (range.length().isZero()) {
            return starts;
        }
        Instant start = startOf(range.from());
        while (start.isBefore(range.to())) {
            starts.add(start);
            Instant next = startsAround(start).higher(start);
            if (next == null) {
                throw new AssertionError("no start after " + start);
            }
            start = next;
        }
        return starts;
    }

    private TreeSet<Instant> startsAround(Instant time) {
        ChronoUnit unit = switch (interval) {
            case MINUTE -> ChronoUnit.MINUTES;
            case HOUR -> ChronoUnit.HOURS;
            case DAY -> ChronoUnit.DAYS;
            case WEEK -> ChronoUnit.WEEKS;
            case MONTH -> ChronoUnit.MONTHS;
        };
        TreeSet<Instant> starts = new TreeSet<>();
        // Clocks may be changed between a time and the next start, so local time is looked at on both sides.
        for (int step = -1; step <= 1; step++) {
            LocalDateTime local = time.atZone(ZoneOffset.UTC)
                    .plus(step, unit)
                    .toInstant()
                    .atZone(zone)
                    .toLocalDateTime();
            for (int away = -3; away <= 3; away++) {
                addStarts(starts, localStart(local.plus(away, unit)));
            }
        }
        return starts;
    }

    private LocalDateTime localStart(LocalDateTime local) {
        return switch (interval) {
            case MINUTE -> local.truncatedTo(ChronoUnit.MINUTES);
            case HOUR -> local.truncatedTo(ChronoUnit.HOURS);
            case DAY -> local.truncatedTo(ChronoUnit.DAYS);
            case WEEK ->
                local.truncatedTo(ChronoUnit.DAYS).with(TemporalAdjusters.previousOrSame(java.time.DayOfWeek.MONDAY));
            case MONTH -> local.truncatedTo(ChronoUnit.DAYS).withDayOfMonth(1);
        };
    }

    private void addStarts(TreeSet<Instant> starts, LocalDateTime local) {
        if (interval != Interval.MINUTE && interval != Interval.HOUR) {
            starts.add(local.toLocalDate().atStartOfDay(zone).toInstant());
            return;
        }
        List<ZoneOffset> offsets = zone.getRules().getValidOffsets(local);
        offsets.forEach(offset -> starts.add(local.toInstant(offset)));
        if (offsets.isEmpty()) {
            starts.add(zone.getRules().getTransition(local).getInstant());
        }
    }
}
