package io.millrace.prove.asking;

import java.time.Duration;
import java.util.Locale;

/** The width of a series' points. */
public enum Width {
    MINUTE(Duration.ofMinutes(1)),
    HOUR(Duration.ofHours(1)),
    DAY(Duration.ofDays(1));

    private final long millis;

    Width(Duration duration) {
        this.millis = duration.toMillis();
    }

    public long millis() {
        return millis;
    }

    /** {@return the start of the point that a moment lies in} */
    public long startOf(long epochMillis) {
        return epochMillis - Math.floorMod(epochMillis, millis);
    }

    /** {@return the first start that is not before a moment} */
    public long startFrom(long epochMillis) {
        return startOf(epochMillis + millis - 1);
    }

    /** {@return its name in questions} */
    String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
