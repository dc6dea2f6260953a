package io.millrace.consumer.partition;

import io.millrace.log.DuplicateWindow;
import io.millrace.log.LogTerms;
import java.util.Optional;

/**
 * Whether the heap holds what a process may come to hold: the duplicate windows of all partitions, once they are full
 * and it is alone, beside what is read and not yet stored.
 *
 * @param heapBytes that the JVM may use
 */
record MemoryNeed(LogTerms terms, long heapBytes) {
    /** For everything else: what is decoded and sent right now, Kafka's fetches, classes of the frameworks. */
    private static final int REST_PERCENT = 20;

    long windowBytesMax() {
        return terms.partitions() * terms.duplicateWindowOffsets() * DuplicateWindow.EVENT_BYTES_MAX;
    }

    /** {@return what to tell the operator, if the heap is too small} */
    Optional<String> warning(ConsumerSettings settings) {
        int others = settings.heldHeapPercent() + REST_PERCENT;
        if (windowBytesMax() <= heapBytes / 100 * (100 - others)) {
            return Optional.empty();
        }
        return Optional.of(
                ("the heap of %d MB is too small for the duplicate windows of all %d partitions, which take up to"
                                + " %d MB: give it %d MB (-Xmx), or run more instances")
                        .formatted(
                                heapBytes >> 20,
                                terms.partitions(),
                                windowBytesMax() >> 20,
                                (windowBytesMax() * 100 / (100 - others)) >> 20));
    }
}
