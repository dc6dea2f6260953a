package io.millrace.consumer.store;

import io.millrace.consumer.range.LedgerEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an owner of a partition commits, as metadata beside the offset, before it writes anything of a range. Whoever owns
 * the partition next knows by it what may be half-written, and from when on no more can come of it.
 *
 * @param startOffset inclusive, where the ledger ends
 * @param endOffset exclusive
 * @param leaderEpoch of the range's last record, {@link LedgerEntry#EPOCH_UNKNOWN} when Kafka did not say
 * @param deadline in whole seconds of ClickHouse's clock: the server refuses a write that gets to it later
 * @param attempt 0 for the first, whose rows go in together; each further one looks what is missing
 */
public record Intent(long startOffset, long endOffset, int leaderEpoch, Instant deadline, int attempt) {
    /** Longest time from an intent to its deadline, whatever the attempt. */
    public static final Duration TIME_MAX = Duration.ofMinutes(1);

    private static final Pattern FORM =
            Pattern.compile("1,(\\d{1,18}),(\\d{1,18}),(-?\\d{1,9}),(\\d{1,18}),(\\d{1,9})");

    public Intent {
        if (startOffset < 0 || endOffset <= startOffset || leaderEpoch < LedgerEntry.EPOCH_UNKNOWN || attempt < 0) {
            throw new IllegalArgumentException("no range to intend: " + startOffset + " to " + endOffset);
        }
        if (!deadline.equals(deadline.truncatedTo(ChronoUnit.SECONDS))) {
            throw new IllegalArgumentException("the server compares whole seconds");
        }
    }

    /**
     * An intent for a range.
     *
     * @param now on ClickHouse's clock
     * @param first time until the deadline of the first attempt; it doubles with each further one, up to
     *     {@link #TIME_MAX}, so that a slow server gets the time it needs
     */
    public static Intent of(LedgerEntry range, Instant now, Duration first, int attempt) {
        Duration time = first.multipliedBy(1L << Math.min(attempt, 16));
        Instant deadline = now.plus(time.compareTo(TIME_MAX) < 0 ? time : TIME_MAX);
        return new Intent(
                range.startOffset(),
                range.endOffset(),
                range.leaderEpoch(),
                Instant.ofEpochSecond(deadline.getEpochSecond() + 1),
                attempt);
    }

    /** As it is committed. */
    public String metadata() {
        return "1,%d,%d,%d,%d,%d".formatted(startOffset, endOffset, leaderEpoch, deadline.getEpochSecond(), attempt);
    }

    /** Reads {@link #metadata}; empty when it is anything else. */
    public static Optional<Intent> parse(String metadata) {
        Matcher fields = FORM.matcher(metadata);
        return fields.matches()
                ? Optional.of(new Intent(
                        Long.parseLong(fields.group(1)),
                        Long.parseLong(fields.group(2)),
                        Integer.parseInt(fields.group(3)),
                        Instant.ofEpochSecond(Long.parseLong(fields.group(4))),
                        Integer.parseInt(fields.group(5))))
                : Optional.empty();
    }
}
