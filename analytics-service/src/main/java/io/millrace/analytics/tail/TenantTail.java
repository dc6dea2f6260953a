package io.millrace.analytics.tail;

import io.millrace.event.EventSlices;
import io.millrace.log.StoredEvent;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/** One tenant's live events of a partition, by type and minute of event time. Not for more than one thread. */
final class TenantTail {
    private final Map<String, TreeMap<Long, MinuteCell>> types = new HashMap<>();

    /**
     * Adds an event.
     *
     * @param user the hash of its user, or {@link MinuteCell#NO_USER}
     */
    void add(StoredEvent event, long offset, long user) {
        EventSlices sent = event.sent();
        long millis = event.timestampMillis();
        int milli = Math.floorMod(millis, MinuteCell.MILLIS);
        MinuteCell cell = types.computeIfAbsent(sent.type().toString(), _ -> new TreeMap<>())
                .computeIfAbsent(millis - milli, _ -> new MinuteCell());
        cell.add(offset, milli, sent.weight(), user);
        if (sent.hasOrderAmount()) {
            cell.addAmount(sent.weight(), sent.orderAmountMicros());
        }
    }

    /** Adds what came from an offset on. */
    void addFrom(long offset, Selection selection, TailTotals totals) {
        Collection<String> asked = selection.eventTypes().isEmpty() ? types.keySet() : selection.eventTypes();
        long from = selection.range().from().toEpochMilli();
        long to = selection.range().to().toEpochMilli();
        for (String type : asked) {
            TreeMap<Long, MinuteCell> minutes = types.get(type);
            if (minutes != null) {
                long firstMinute = from - Math.floorMod(from, MinuteCell.MILLIS);
                minutes.subMap(firstMinute, Math.max(firstMinute, to)).forEach((minute, cell) -> {
                    if (cell.reaches(offset)) {
                        long start = Math.max(minute, from);
                        long end = Math.min(minute + MinuteCell.MILLIS, to);
                        add(cell, offset, new Part(type, minute, start, end), selection, totals);
                    }
                });
            }
        }
    }

    /** The part of a minute that is asked for; not empty. */
    private record Part(String type, long minute, long start, long end) {
        int fromMilli() {
            return (int) (start - minute);
        }

        int toMilli() {
            return (int) (end - minute);
        }
    }

    /** A minute belongs to one point, or to two where a zone's offset has seconds. */
    private static void add(MinuteCell cell, long offset, Part part, Selection selection, TailTotals totals) {
        long first = selection.pointOf(part.start());
        long last = selection.pointOf(part.end() - 1);
        if (first == last) {
            cell.addFrom(offset, part.fromMilli(), part.toMilli(), totals.of(part.type(), first));
            return;
        }
        int boundary = (int) (last * 1_000 - part.minute());
        cell.addFrom(offset, part.fromMilli(), boundary, totals.of(part.type(), first));
        cell.addFrom(offset, boundary, part.toMilli(), totals.of(part.type(), last));
    }

    /** {@return whether nothing is left} */
    boolean dropBelow(long offset) {
        types.values().forEach(minutes -> {
            minutes.values().removeIf(cell -> !cell.reaches(offset));
            minutes.values().forEach(cell -> cell.dropBelow(offset));
        });
        types.values().removeIf(Map::isEmpty);
        return types.isEmpty();
    }

    long bytes() {
        long bytes = 0;
        for (Map.Entry<String, TreeMap<Long, MinuteCell>> type : types.entrySet()) {
            bytes += 200 + 2L * type.getKey().length();
            for (MinuteCell cell : type.getValue().values()) {
                bytes += cell.bytes();
            }
        }
        return bytes;
    }
}
