package io.millrace.consumer.range;

import java.time.Duration;

/**
 * When a range is cut.
 *
 * @param rowsMax events and dead letters it may have
 * @param bytesMax at which it is cut: it passes this by less than its last record
 * @param ageMax since its first offset was seen
 */
public record RangeLimits(int rowsMax, long bytesMax, Duration ageMax) {
    /** One insert is one block only below ClickHouse's {@code max_insert_block_size} of 1,048,449. */
    public static final int ROWS_MAX = 1_000_000;

    public RangeLimits {
        if (rowsMax < 1 || rowsMax > ROWS_MAX) {
            throw new IllegalArgumentException("a range has 1 to " + ROWS_MAX + " rows, not " + rowsMax);
        }
        if (bytesMax < 1 || ageMax.isNegative()) {
            throw new IllegalArgumentException("a range's bytes are positive and its age is not negative");
        }
    }
}
