package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a request for a replay asks for.
 *
 * @param positions the letters themselves, if they are named
 * @param filter those that it means, if they are not
 * @param limit how many of them at most
 */
record ReplayOrder(
        @Nullable List<LogPosition> positions, LetterFilter filter, int limit, Mending mending, boolean dryRun) {}
