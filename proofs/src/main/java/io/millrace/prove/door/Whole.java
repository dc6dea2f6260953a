package io.millrace.prove.door;

import java.util.List;

/**
 * A request that is as it should be.
 *
 * @param success the status that it must be answered with
 * @param ids of its events, as the log must have them
 */
record Whole(Shot shot, int success, List<String> ids) {
    Whole {
        ids = List.copyOf(ids);
    }
}
