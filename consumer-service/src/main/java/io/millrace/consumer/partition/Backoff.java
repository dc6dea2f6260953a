package io.millrace.consumer.partition;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * Growing pauses between tries: each drawn from the upper half of a span that doubles up to a limit, so that those who
 * failed together do not come back together.
 */
record Backoff(Duration first, Duration max, RandomGenerator random) {

    /**
     * The pause after a failure.
     *
     * @param failures in a row, the one just seen included
     */
    Duration after(int failures) {
        long span = first.toNanos();
        for (int i = 1; i < failures && span < max.toNanos(); i++) {
            span *= 2;
        }
        span = Math.min(span, max.toNanos());
        return Duration.ofNanos(span - (long) (random.nextDouble() * span / 2.0));
    }
}
