package io.millrace.consumer.partition;

import java.time.Duration;

/**
 * How far a task of several steps got.
 *
 * @param <T> what it comes to
 */
sealed interface Progress<T> {
    /** It is through. */
    record Done<T>(T outcome) implements Progress<T> {}

    /** It goes on with the next call, not before that much time has passed. */
    record Again<T>(Duration after) implements Progress<T> {}
}
