package io.millrace.prove.verdict;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.util.BitSet;

/** Compares the offsets that a table has with those it must have, each of them. */
final class StoredPositions {
    private final Store store;

    StoredPositions(Store store) {
        this.store = store;
    }

    /**
     * Compares one partition.
     *
     * @param table with its modifiers
     * @param wanted the offsets it must have
     */
    void compare(String table, PartitionRecount partition, BitSet wanted, Differences differences)
            throws IOException, InterruptedException {
        BitSet found = new BitSet();
        String question =
                "SELECT offset FROM " + table + " WHERE partition = " + partition.partition() + " ORDER BY offset";
        try (DataInputStream offsets = store.numbers(question)) {
            for (long offset = next(offsets); offset >= 0; offset = next(offsets)) {
                note(Math.toIntExact(offset), partition, wanted, found, differences);
            }
        }
        for (int offset = wanted.nextSetBit(0); offset >= 0; offset = wanted.nextSetBit(offset + 1)) {
            if (!found.get(offset)) {
                differences.add(new Difference("is not in " + table, partition.partition(), offset));
            }
        }
    }

    private static void note(
            int offset, PartitionRecount partition, BitSet wanted, BitSet found, Differences differences) {
        if (found.get(offset)) {
            differences.add(new Difference("is stored more than once", partition.partition(), offset));
        } else if (!wanted.get(offset)) {
            String fate = partition.fate(offset);
            differences.add(new Difference("is stored and is " + fate, partition.partition(), offset));
        }
        found.set(offset);
    }

    /** The next number, or -1 at the end. */
    private static long next(DataInputStream numbers) throws IOException {
        try {
            return Long.reverseBytes(numbers.readLong());
        } catch (EOFException end) {
            return -1;
        }
    }
}
