package io.millrace.prove.counting;

import io.millrace.prove.asking.Width;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.LongFunction;

/**
 * The events of one type of one tenant in one partition, in cells of days, hours and minutes: a range is whole days, whole
 * hours at both ends of these, whole minutes at both ends of those, and what is left, event by event. Not for more than one
 * thread.
 */
final class Shelf {
    private static final List<Width> COARSEST_FIRST = List.of(Width.DAY, Width.HOUR, Width.MINUTE);

    private final Map<Width, SortedMap<Long, Cell>> cells = new EnumMap<>(Width.class);
    private final SortedMap<Long, List<Counted>> minutes = new TreeMap<>();

    Shelf() {
        COARSEST_FIRST.forEach(width -> cells.put(width, new TreeMap<>()));
    }

    /** Adds the next event, by offset. */
    void add(Counted event) {
        cells.forEach(
                (width, ofWidth) -> ofWidth.computeIfAbsent(width.startOf(event.timestampMillis()), _ -> new Cell())
                        .add(event));
        minutes.computeIfAbsent(Width.MINUTE.startOf(event.timestampMillis()), _ -> new ArrayList<>(1))
                .add(event);
    }

    /** Adds the events of a range of event time that lie below an offset. */
    void addTo(long from, long to, long end, Numbers numbers) {
        addTo(0, from, to, end, numbers);
    }

    /** The same by points: each that may have an event. */
    void addTo(long from, long to, long end, Width width, LongFunction<Numbers> points) {
        for (long start : cells(width).subMap(width.startOf(from), to).keySet()) {
            addTo(Math.max(from, start), Math.min(to, start + width.millis()), end, points.apply(start));
        }
    }

    private void addTo(int level, long from, long to, long end, Numbers numbers) {
        if (from >= to) {
            return;
        }
        if (level == COARSEST_FIRST.size()) {
            addOneByOne(from, to, end, numbers);
            return;
        }
        Width width = COARSEST_FIRST.get(level);
        long first = width.startFrom(from);
        long last = width.startOf(to);
        if (first >= last) {
            addTo(level + 1, from, to, end, numbers);
            return;
        }
        addTo(level + 1, from, first, end, numbers);
        cells(width).subMap(first, last).values().forEach(cell -> cell.addBelow(end, numbers));
        addTo(level + 1, last, to, end, numbers);
    }

    private void addOneByOne(long from, long to, long end, Numbers numbers) {
        for (List<Counted> minute :
                minutes.subMap(Width.MINUTE.startOf(from), to).values()) {
            for (Counted event : minute) {
                if (event.offset() < end && event.timestampMillis() >= from && event.timestampMillis() < to) {
                    numbers.addEvents(event.weight());
                    Long micros = event.amountMicros();
                    if (micros != null) {
                        numbers.addAmounts(event.weight(), micros * event.weight(), micros, micros);
                    }
                }
            }
        }
    }

    private SortedMap<Long, Cell> cells(Width width) {
        return cells.getOrDefault(width, new TreeMap<>());
    }
}
