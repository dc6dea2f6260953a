package io.millrace.bench.asking;

import java.time.Duration;

/** What a question is broken down into, beside event types. */
enum Points {
    ONE(Duration.ZERO, ""),
    MINUTES(Duration.ofMinutes(1), "minute"),
    HOURS(Duration.ofHours(1), "hour");

    private final Duration width;
    private final String interval;

    Points(Duration width, String interval) {
        this.width = width;
        this.interval = interval;
    }

    /** Of each; zero where there is only one. */
    long widthSeconds() {
        return width.toSeconds();
    }

    /** The name in questions; empty where there is only one. */
    String interval() {
        return interval;
    }
}
