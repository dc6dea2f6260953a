package io.millrace.consumer.range;

/**
 * A range of offsets that will grow no more, with all there is to store of it.
 *
 * @param openedNanos when its first offset was seen, on the clock of {@link System#nanoTime()}
 */
public record Range(LedgerEntry entry, EventRows events, DeadLetterRows deadLetters, long openedNanos) {
    public Range {
        if (events.block().rows() != entry.counts().stored()
                || deadLetters.block().rows() != entry.counts().deadLettered()) {
            throw new IllegalArgumentException("range " + entry + " has other rows than it counts");
        }
    }

    /** Bytes it holds. */
    public long bytes() {
        return events.block().bytes() + deadLetters.block().bytes();
    }
}
