package io.millrace.bench.asking;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

/** A panel of a dashboard, which asks about a range that moves with time. The bucket that is under way is part of it. */
public enum Panel {
    DAY_BY_HOUR("24 hours by hour by type", Duration.ofHours(24), ChronoUnit.HOURS, Points.HOURS),
    HOUR_BY_MINUTE("60 minutes by minute by type", Duration.ofMinutes(60), ChronoUnit.MINUTES, Points.MINUTES),
    MONTH("counts of 30 days by type", Duration.ofDays(30), ChronoUnit.HOURS, Points.ONE),
    /** Not a goal's: no view keeps such a range whole, and the question is a new one each second. */
    HOUR_TO_THE_SECOND("60 minutes to this second", Duration.ofMinutes(60), ChronoUnit.SECONDS, Points.MINUTES);

    private final String title;
    private final Duration length;
    private final ChronoUnit step;
    private final Points points;

    Panel(String title, Duration length, ChronoUnit step, Points points) {
        this.title = title;
        this.length = length;
        this.step = step;
        this.points = points;
    }

    /** What it asks, in words. */
    public String title() {
        return title;
    }

    /** Whether there is a goal for it. */
    public boolean hasGoal() {
        return this != HOUR_TO_THE_SECOND;
    }

    /** What it asks at a moment, to the end of the step that is under way. */
    public Question at(Instant now) {
        Instant to = now.truncatedTo(step).plus(1, step);
        return new Question(to.minus(length), to, points);
    }
}
