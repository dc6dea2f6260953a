package io.millrace.analytics.question;

import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Points that are the minutes, hours, days, weeks or months of a zone. Each lasts until the next one starts, so where
 * clocks are changed a day may have 23 or 25 hours, and an hour of Lord Howe half an hour or one and a half.
 *
 * <p>Two are equal when range, interval and zone are.
 */
public final class SpacedPoints implements Points {
    private final TimeRange range;
    private final Interval interval;
    private final ZoneId zone;
    private final List<Run> runs;
    private final long[] runStarts;
    private final int[] runIndexes;
    private final int size;

    private SpacedPoints(TimeRange range, Interval interval, ZoneId zone, List<Run> runs) {
        this.range = range;
        this.interval = interval;
        this.zone = zone;
        this.runs = List.copyOf(runs);
        this.runStarts = runs.stream().mapToLong(Run::startEpochSecond).toArray();
        this.runIndexes = new int[runs.size()];
        int index = 0;
        for (int run = 0; run < runIndexes.length; run++) {
            runIndexes[run] = index;
            index = Math.addExact(index, Math.toIntExact(runs.get(run).points()));
        }
        this.size = index;
    }

    /** {@return the points, unless they are more than {@code pointsMax}} An empty range has none. */
    public static Optional<SpacedPoints> of(TimeRange range, Interval interval, ZoneId zone, int pointsMax) {
        List<Run> runs = runs(range, interval, zone);
        return runs.stream().mapToLong(Run::points).sum() > pointsMax
                ? Optional.empty()
                : Optional.of(new SpacedPoints(range, interval, zone, runs));
    }

    private static List<Run> runs(TimeRange range, Interval interval, ZoneId zone) {
        return range.length().isZero()
                ? List.of()
                : LocalStarts.between(
                        Math.floorDiv(range.from().toEpochMilli(), 1_000L), endEpochSecond(range), interval, zone);
    }

    private static long endEpochSecond(TimeRange range) {
        return Math.ceilDiv(range.to().toEpochMilli(), 1_000L);
    }

    @Override
    public TimeRange range() {
        return range;
    }

    public Interval interval() {
        return interval;
    }

    public ZoneId zone() {
        return zone;
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    public long startEpochSecond(int index) {
        Objects.checkIndex(index, size);
        int found = Arrays.binarySearch(runIndexes, index);
        int run = found < 0 ? -found - 2 : found;
        return runStarts[run] + (index - runIndexes[run]) * interval.widthSeconds();
    }

    @Override
    public int indexOf(long epochMilli) {
        if (!range.contains(epochMilli)) {
            return -1;
        }
        long second = Math.floorDiv(epochMilli, 1_000L);
        int found = Arrays.binarySearch(runStarts, second);
        int run = found < 0 ? -found - 2 : found;
        int lastOfRun = (run + 1 < runIndexes.length ? runIndexes[run + 1] : size) - 1;
        // The last point of a run may be longer than the others: it lasts until the next run starts.
        return (int) Math.min(lastOfRun, runIndexes[run] + (second - runStarts[run]) / interval.widthSeconds());
    }

    @Override
    public SpacedPoints within(TimeRange other) {
        TimeRange part = range.within(other);
        return part.equals(range) ? this : new SpacedPoints(part, interval, zone, runs(part, interval, zone));
    }

    @Override
    public boolean keepWhole(Duration bucket) {
        long bucketMillis = bucket.toMillis();
        boolean wide = widthSeconds() * 1_000 % bucketMillis == 0;
        for (int run = 0; run < runStarts.length; run++) {
            // The first point of all starts before the range or with it, and cuts nothing.
            int passed = run == 0 ? 1 : 0;
            long cuts = runs.get(run).points() - passed;
            boolean first = (runStarts[run] + passed * widthSeconds()) * 1_000 % bucketMillis == 0;
            if ((cuts > 0 && !first) || (cuts > 1 && !wide)) {
                return false;
            }
        }
        return true;
    }

    /** {@return how long the points of a run are, but for its last} */
    public long widthSeconds() {
        return interval.widthSeconds();
    }

    /** {@return all of them, by start} */
    public List<Run> runs() {
        return runs;
    }

    /** Whether all of them, as far as they lie in the range, are no longer than {@link #widthSeconds}, and in one run. */
    public boolean areEven() {
        return size == 0 || (runs.size() == 1 && endEpochSecond(range) <= runStarts[0] + size * widthSeconds());
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SpacedPoints points
                && range.equals(points.range)
                && interval == points.interval
                && zone.equals(points.zone);
    }

    @Override
    public int hashCode() {
        return Objects.hash(range, interval, zone);
    }

    @Override
    public String toString() {
        return size + " points per " + interval.wire() + " of " + zone + " in " + range;
    }
}
