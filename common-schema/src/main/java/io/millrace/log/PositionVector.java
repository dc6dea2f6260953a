package io.millrace.log;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.Collections;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A cut through the log: per partition the next offset, everything below it being within. A partition that is not named
 * has nothing within. It is the "read your writes" token of a 202 and the position of an answer, and travels as a short
 * opaque text.
 *
 * @param logId of the log that is cut
 * @param nextOffsets by partition
 */
public record PositionVector(int logId, SortedMap<Integer, Long> nextOffsets) {
    private static final int FORMAT = 1;

    public PositionVector {
        if (logId < 1) {
            throw new IllegalArgumentException("log id must be positive");
        }
        nextOffsets = Collections.unmodifiableSortedMap(new TreeMap<>(nextOffsets));
        nextOffsets.forEach((partition, offset) -> {
            if (partition < 0 || partition >= LogPosition.PARTITIONS_MAX || offset < 0) {
                throw new IllegalArgumentException("no such position: " + partition + "@" + offset);
            }
        });
    }

    /** Whether all that is within the other cut is within this one. */
    public boolean covers(PositionVector other) {
        return logId == other.logId
                && other.nextOffsets.entrySet().stream()
                        .allMatch(e -> nextOffsets.getOrDefault(e.getKey(), 0L) >= e.getValue());
    }

    /** The text: base64url of unsigned LEB128 numbers: format, log id, then partition and offset of each. */
    public String toToken() {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        writeNumber(bytes, FORMAT);
        writeNumber(bytes, logId);
        for (Map.Entry<Integer, Long> entry : nextOffsets.entrySet()) {
            writeNumber(bytes, entry.getKey());
            writeNumber(bytes, entry.getValue());
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /**
     * Reads what {@link #toToken} wrote.
     *
     * @throws IllegalArgumentException when the text is not such a token
     */
    public static PositionVector parse(String token) {
        ByteArrayInputStream bytes =
                new ByteArrayInputStream(Base64.getUrlDecoder().decode(token));
        if (readNumber(bytes) != FORMAT) {
            throw new IllegalArgumentException("unknown form of position");
        }
        int logId = Math.toIntExact(readNumber(bytes) & Integer.MAX_VALUE);
        SortedMap<Integer, Long> offsets = new TreeMap<>();
        while (bytes.available() > 0) {
            long partition = readNumber(bytes);
            if (partition >= LogPosition.PARTITIONS_MAX) {
                throw new IllegalArgumentException("no such partition");
            }
            offsets.put((int) partition, readNumber(bytes));
        }
        return new PositionVector(logId, offsets);
    }

    private static void writeNumber(ByteArrayOutputStream out, long number) {
        long rest = number;
        while (rest > 0x7F) {
            out.write((int) (rest & 0x7F) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
    }

    private static long readNumber(ByteArrayInputStream in) {
        long number = 0;
        for (int shift = 0; shift < 63; shift += 7) {
            int next = in.read();
            if (next < 0) {
                throw new IllegalArgumentException("the position ends early");
            }
            number |= (long) (next & 0x7F) << shift;
            if (next < 0x80) {
                return number;
            }
        }
        throw new IllegalArgumentException("a number is too long");
    }
}
