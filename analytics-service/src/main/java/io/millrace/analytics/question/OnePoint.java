package io.millrace.analytics.question;

import java.time.Duration;
import java.util.Objects;

/** The whole range as one point. It has no start of its own: it says 0, whatever the range. */
public record OnePoint(TimeRange range) implements Points {
    @Override
    public int size() {
        return 1;
    }

    @Override
    public long startEpochSecond(int index) {
        Objects.checkIndex(index, 1);
        return 0;
    }

    @Override
    public int indexOf(long epochMilli) {
        return range.contains(epochMilli) ? 0 : -1;
    }

    @Override
    public OnePoint within(TimeRange other) {
        return new OnePoint(range.within(other));
    }

    @Override
    public boolean keepWhole(Duration bucket) {
        return true;
    }
}
