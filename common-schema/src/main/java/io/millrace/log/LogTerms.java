package io.millrace.log;

import java.time.Duration;

/**
 * What was fixed when a log was made, because the fate of its records depends on it.
 *
 * @param logId its small number
 * @param partitions how many it has
 * @param duplicateWindowOffsets N: how many offsets back a first copy is looked for, see {@link DuplicateWindow}
 * @param duplicateWindowTime T: how long back a first copy is looked for
 * @param timestampSkewMax how far an event's time may be ahead of its LogAppendTime
 */
public record LogTerms(
        int logId,
        int partitions,
        long duplicateWindowOffsets,
        Duration duplicateWindowTime,
        Duration timestampSkewMax) {

    public static final long DUPLICATE_WINDOW_OFFSETS_DEFAULT = 1_000_000;

    /** A window of so many takes up to 10 GB for a partition; more is no window any more. */
    public static final long DUPLICATE_WINDOW_OFFSETS_MAX = 1 << 28;

    public static final Duration DUPLICATE_WINDOW_TIME_DEFAULT = Duration.ofHours(24);

    /** An hour forgives a wrong daylight-saving setting; more would let one bad clock spoil every "latest" question. */
    public static final Duration TIMESTAMP_SKEW_MAX_DEFAULT = Duration.ofHours(1);

    public LogTerms {
        if (logId < 1 || partitions < 1 || partitions > LogPosition.PARTITIONS_MAX) {
            throw new IllegalArgumentException("log id and partitions must be positive");
        }
        if (duplicateWindowOffsets > DUPLICATE_WINDOW_OFFSETS_MAX) {
            throw new IllegalArgumentException(
                    "a duplicate window has at most " + DUPLICATE_WINDOW_OFFSETS_MAX + " offsets");
        }
        if (duplicateWindowOffsets < 1 || duplicateWindowTime.isNegative() || timestampSkewMax.isNegative()) {
            throw new IllegalArgumentException("windows must be positive and the skew not negative");
        }
    }
}
