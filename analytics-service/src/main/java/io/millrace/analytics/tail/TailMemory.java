package io.millrace.analytics.tail;

import java.util.Collection;
import java.util.Comparator;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Keeps the tails of a process within their memory. What is stored goes first; only when that does not help, what is not,
 * and then the partition's answers come from stored data alone, which its floor tells.
 */
final class TailMemory {
    private static final Logger LOG = LoggerFactory.getLogger(TailMemory.class);

    /** So that what is dropped at once is worth the copying of the rest. */
    private static final int STEPS = 8;

    private final long bytesMax;
    private final IntFunction<OptionalLong> storedTo;

    /**
     * A limit.
     *
     * @param storedTo S by partition, when it is known
     */
    TailMemory(long bytesMax, IntFunction<OptionalLong> storedTo) {
        this.bytesMax = bytesMax;
        this.storedTo = storedTo;
    }

    /** Makes room if there is too little, beginning with the tails that hold most. */
    void trim(Map<Integer, PartitionTail> tails) {
        for (int step = 1; step <= STEPS && bytes(tails.values()) > bytesMax; step++) {
            dropStored(tails, step);
        }
        long before = bytes(tails.values());
        // Each time the larger ones lose a quarter, so this ends; at the latest when nothing is left.
        while (bytes(tails.values()) > bytesMax) {
            largest(tails).forEach(TailMemory::dropQuarter);
        }
        long after = bytes(tails.values());
        if (after < before) {
            LOG.warn(
                    "the live tail dropped events that are not stored yet, {} bytes of them: millrace.tail.memory-max is {}",
                    before - after,
                    bytesMax);
        }
    }

    private void dropStored(Map<Integer, PartitionTail> tails, int step) {
        tails.forEach((partition, tail) -> storedTo.apply(partition).ifPresent(stored -> {
            Reach reach = tail.reach();
            if (reach.floor() < stored) {
                tail.dropBelow(reach.floor() + Math.ceilDiv((stored - reach.floor()) * step, STEPS));
            }
        }));
    }

    /** By bytes, the larger half of them. */
    private static Collection<PartitionTail> largest(Map<Integer, PartitionTail> tails) {
        Map<Long, PartitionTail> bySize = new TreeMap<>(Comparator.reverseOrder());
        tails.values().forEach(tail -> bySize.put(tail.bytes(), tail));
        return bySize.values().stream().limit(Math.ceilDiv(bySize.size(), 2)).toList();
    }

    private static void dropQuarter(PartitionTail tail) {
        Reach reach = tail.reach();
        if (reach.floor() < reach.end()) {
            tail.dropBelow(reach.floor() + Math.ceilDiv(reach.end() - reach.floor(), 4));
        }
    }

    static long bytes(Collection<PartitionTail> tails) {
        return tails.stream().mapToLong(PartitionTail::bytes).sum();
    }
}
