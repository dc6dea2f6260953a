package io.millrace.consumer.partition;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The memory for what is read and not stored, in equal shares for the partitions that this process owns. Shares and not
 * one pot, so that a partition that cannot be stored does not keep the others from being read.
 */
final class MemoryShares {
    private final long bytesMax;
    private final AtomicInteger owned = new AtomicInteger();
    private final Map<Object, Long> held = new ConcurrentHashMap<>();
    private final Map<Object, Long> windows = new ConcurrentHashMap<>();

    MemoryShares(long bytesMax) {
        this.bytesMax = bytesMax;
    }

    void own(int more) {
        owned.addAndGet(more);
    }

    /** What one partition may hold. */
    long shareBytes() {
        return Math.max(1, bytesMax / Math.max(1, owned.get()));
    }

    /**
     * Takes note of what the partitions of one poll loop hold together.
     *
     * @param windowBytes of their duplicate windows, which are not part of the shares
     */
    void hold(Object pollLoop, long bytes, long windowBytes) {
        held.put(pollLoop, bytes);
        windows.put(pollLoop, windowBytes);
    }

    long windowBytes() {
        return windows.values().stream().mapToLong(Long::longValue).sum();
    }

    long heldBytes() {
        return held.values().stream().mapToLong(Long::longValue).sum();
    }
}
