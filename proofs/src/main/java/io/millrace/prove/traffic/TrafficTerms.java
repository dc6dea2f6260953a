package io.millrace.prove.traffic;

/**
 * How much is sent, and how fast.
 *
 * @param eventsMin records sent by all producers at least
 * @param recordsPerSecond while faults are made; after the last of them the rest is sent without a pause
 */
public record TrafficTerms(long eventsMin, int recordsPerSecond) {
    /** One record in a hundred is sent again. */
    static final int RETRIES_PER_THOUSAND = 10;

    static final int MALFORMED_PER_THOUSAND = 1;

    /** A client tries again after up to so many seconds' worth of records. */
    static final int RETRY_SECONDS_MAX = 30;

    /** Of all records, written in transactions. */
    static final int FOREIGN_PERCENT = 10;

    private static final int RATE_MIN = 100;

    public TrafficTerms {
        if (eventsMin < 1 || recordsPerSecond < RATE_MIN) {
            throw new IllegalArgumentException("at least one event, and " + RATE_MIN + " a second");
        }
    }
}
