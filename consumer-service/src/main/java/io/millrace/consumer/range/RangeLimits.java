package io.millrace.consumer.range;

import java.time.Duration;

/**
 * When a range is cut.
 *
 * @param rowsMax events and dead letters it may have
 * @param bytesMax at which it is cut: it passes this by less than its last record
 * @param ageMax after which it is cut at the latest, since its first offset was seen; it ages {@linkplain #agesFrom from
 *     a moment before that}
 */
public record RangeLimits(int rowsMax, long bytesMax, Duration ageMax) {
    /** One insert is one block only below ClickHouse's {@code max_insert_block_size} of 1,048,449. */
    public static final int ROWS_MAX = 1_000_000;

    private static final Duration BACKLOG_AGE_MAX = Duration.ofSeconds(10);
    private static final int BACKLOG_SHARE = 4;
    private static final double GOLDEN_RATIO = (Math.sqrt(5) - 1) / 2;

    public RangeLimits {
        if (rowsMax < 1 || rowsMax > ROWS_MAX) {
            throw new IllegalArgumentException("a range has 1 to " + ROWS_MAX + " rows, not " + rowsMax);
        }
        if (bytesMax < 1 || ageMax.isNegative()) {
            throw new IllegalArgumentException("a range's bytes are positive and its age is not negative");
        }
    }

    /**
     * When a range of that partition begins to age, if it is opened now: at the last of its partition's moments, which
     * are {@code ageMax} apart. Ranges of partitions that are filled side by side so fall due one after the other, not all
     * at once. The moments are spread by multiples of the golden ratio, evenly for any number of partitions (Weyl).
     */
    long agesFrom(int partition, long nowNanos) {
        long apart = ageMax.toNanos();
        if (apart == 0) {
            return nowNanos;
        }
        double phase = partition * GOLDEN_RATIO;
        return nowNanos - Math.floorMod(nowNanos - (long) ((phase - Math.floor(phase)) * apart), apart);
    }

    /**
     * The limits for events that are late already and have more behind them: they may wait for a quarter of the time that
     * they are late, 10 s at most, for ranges that are larger, and so cheaper. It ends by itself as the backlog does.
     *
     * @param late time since the oldest of them was received; not above zero when nothing is behind them
     */
    public RangeLimits inBacklog(Duration late) {
        Duration patience = late.dividedBy(BACKLOG_SHARE);
        Duration longer = patience.compareTo(BACKLOG_AGE_MAX) < 0 ? patience : BACKLOG_AGE_MAX;
        return longer.compareTo(ageMax) <= 0 ? this : new RangeLimits(rowsMax, bytesMax, longer);
    }
}
