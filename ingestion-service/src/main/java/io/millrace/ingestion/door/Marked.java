package io.millrace.ingestion.door;

import io.millrace.ingestion.publish.MarkedEvent;

/**
 * An event of a request that is to be kept as a dead letter.
 *
 * @param index its place in the request, from 0
 */
record Marked(int index, MarkedEvent event) {
    /** {@return what its sender is told} */
    Rejection toRejection() {
        return Rejection.of(index, event.mark());
    }
}
