package io.millrace.cli.door;

import java.util.Arrays;

/**
 * Collects events until the limits say that one more would be too many. A single event may exceed the limit on bytes,
 * up to what the door takes at all, and then travels alone.
 */
public final class BatchBuilder {
    private final BatchLimits limits;
    private byte[] body;
    private int bytes;
    private int[] ends;
    private int events;

    public BatchBuilder(BatchLimits limits) {
        this.limits = limits;
        this.body = new byte[Math.min(limits.bytesMax(), 64 * 1024)];
        this.ends = new int[Math.min(limits.eventsMax(), 256)];
    }

    public boolean isEmpty() {
        return events == 0;
    }

    public int events() {
        return events;
    }

    /** Whether an event of so many bytes, its line feed not counted, can join those that are here. */
    public boolean fits(int eventBytes) {
        return events == 0 || (events < limits.eventsMax() && bytes + eventBytes + 1 <= limits.bytesMax());
    }

    /**
     * Copies an event's line, without a line feed, out of the given bytes.
     *
     * @throws IllegalArgumentException when the event is too large or has no place here
     */
    public void add(byte[] source, int from, int to) {
        int eventBytes = to - from;
        if (!fits(eventBytes) || eventBytes >= BatchLimits.DOOR_BYTES_MAX) {
            throw new IllegalArgumentException("no room for an event of " + eventBytes + " bytes");
        }
        if (body.length < bytes + eventBytes + 1) {
            body = Arrays.copyOf(body, Math.max(2 * body.length, bytes + eventBytes + 1));
        }
        if (ends.length == events) {
            ends = Arrays.copyOf(ends, 2 * events);
        }
        System.arraycopy(source, from, body, bytes, eventBytes);
        bytes += eventBytes;
        body[bytes++] = '\n';
        ends[events++] = bytes;
    }

    /**
     * The batch, after which this builder is empty again.
     *
     * @param idempotencyKey what the door derives the ids of events without one from; of visible ASCII characters
     */
    public Batch build(String idempotencyKey) {
        Batch batch = new Batch(Arrays.copyOf(body, bytes), Arrays.copyOf(ends, events), idempotencyKey, 0);
        bytes = 0;
        events = 0;
        return batch;
    }
}
