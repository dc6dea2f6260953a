package io.millrace.cli.door;

import java.time.Duration;
import java.util.Optional;

/**
 * When a request is tried again, and when no more. Pauses double from the first to the longest, each shortened by
 * chance to as little as half so that clients do not return together; a server's {@code Retry-After} is never undercut.
 *
 * @param total how long one batch may be tried for, from its first try
 * @param firstPause the pause before the second try
 * @param longestPause what pauses grow to, unless the server asks for more
 */
public record Patience(Duration total, Duration firstPause, Duration longestPause) {
    /** A minute outlives a restart of any part; a tenth of a second is about what a busy moment lasts. */
    public static final Patience DEFAULT =
            new Patience(Duration.ofSeconds(60), Duration.ofMillis(100), Duration.ofSeconds(5));

    private static final int DOUBLINGS_MAX = 30;

    public Patience {
        if (total.isNegative() || firstPause.isNegative() || firstPause.compareTo(longestPause) > 0) {
            throw new IllegalArgumentException("patience is not negative, and the first pause not the longest");
        }
    }

    /** The same pauses within another total. */
    public Patience within(Duration otherTotal) {
        return new Patience(otherTotal, firstPause, longestPause);
    }

    /**
     * The pause before the next try, or nothing when there is to be none. The last try comes when the total has passed.
     *
     * @param failures tries that have failed so far, at least 1
     * @param spent time since the first try began
     * @param asked the server's {@code Retry-After}, zero if it gave none
     * @param chance uniform in {@code [0, 1)}
     */
    Optional<Duration> pause(int failures, Duration spent, Duration asked, double chance) {
        Duration rest = total.minus(spent);
        if (!rest.isPositive() || asked.compareTo(rest) > 0) {
            return Optional.empty();
        }
        Duration grown = firstPause.multipliedBy(1L << Math.min(failures - 1, DOUBLINGS_MAX));
        Duration capped = least(grown, longestPause);
        Duration shortened = Duration.ofNanos((long) (capped.toNanos() * (0.5 + chance / 2)));
        return Optional.of(shortened.compareTo(asked) < 0 ? asked : least(shortened, rest));
    }

    private static Duration least(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }
}
