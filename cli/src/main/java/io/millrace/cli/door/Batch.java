package io.millrace.cli.door;

import java.util.Arrays;
import java.util.List;

/**
 * Events for one request, as NDJSON. Every event is one line, so that the door's index of an event is the line's.
 *
 * @see BatchBuilder
 */
public final class Batch {
    private final byte[] body;
    private final int[] ends;
    private final String idempotencyKey;
    private final int firstIndex;

    Batch(byte[] body, int[] ends, String idempotencyKey, int firstIndex) {
        if (ends.length == 0) {
            throw new IllegalArgumentException("a batch has at least one event");
        }
        this.body = body;
        this.ends = ends;
        this.idempotencyKey = idempotencyKey;
        this.firstIndex = firstIndex;
    }

    public int events() {
        return ends.length;
    }

    public int bytes() {
        return body.length;
    }

    /** One event's line, without its line feed. */
    public byte[] event(int index) {
        return Arrays.copyOfRange(body, start(index), ends[index] - 1);
    }

    byte[] body() {
        return body;
    }

    /** Where this batch begins in the one it was split from; 0 for a batch that was not. */
    int firstIndex() {
        return firstIndex;
    }

    /** The same for every try of this batch, and another for every other batch and for the halves. */
    String idempotencyKey() {
        return firstIndex == 0 ? idempotencyKey : idempotencyKey + "+" + firstIndex;
    }

    /** Two batches with the same events in the same order, for a door that finds this one too large. */
    List<Batch> halves() {
        if (events() < 2) {
            throw new IllegalStateException("one event cannot be halved");
        }
        int middle = events() / 2;
        return List.of(part(0, middle), part(middle, events()));
    }

    private Batch part(int from, int to) {
        int start = start(from);
        int[] partEnds = Arrays.stream(ends, from, to).map(end -> end - start).toArray();
        return new Batch(Arrays.copyOfRange(body, start, ends[to - 1]), partEnds, idempotencyKey, firstIndex + from);
    }

    private int start(int index) {
        return index == 0 ? 0 : ends[index - 1];
    }
}
