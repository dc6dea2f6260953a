package io.millrace.prove.counting;

import io.millrace.log.PositionVector;
import io.millrace.prove.asking.Asked;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;

/** Follows how far an instance's answers to the same question go: nobody promises that they never go back. */
final class Course {
    private final Map<Long, Last> last = new HashMap<>();
    private long back;
    private long again;

    private record Last(Instant ended, PositionVector position) {}

    /** The next answer; of two that overlap in time neither comes first. */
    void add(Asked asked, PositionVector position) {
        long key = (long) asked.question() << Integer.SIZE | asked.instance();
        Last before = last.get(key);
        if (before != null && asked.began().isBefore(before.ended())) {
            return;
        }
        if (before != null) {
            again++;
            back += position.covers(before.position()) ? 0 : 1;
        }
        last.put(key, new Last(asked.ended(), position));
    }

    @Override
    public String toString() {
        return "of %,d answers of an instance to what it had answered before, %,d go less far in some partition"
                .formatted(again, back);
    }
}
