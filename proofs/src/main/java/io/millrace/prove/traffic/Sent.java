package io.millrace.prove.traffic;

/**
 * What the producers say of the log.
 *
 * @param acknowledged records of the plain producer that Kafka has acknowledged
 * @param failed records of it that may or may not be in the log
 * @param committed records in transactions whose commit was confirmed
 * @param uncertain records in transactions that may or may not have been committed
 * @param aborted records in transactions that were taken back
 */
public record Sent(long acknowledged, long failed, long committed, long uncertain, long aborted) {

    /** Whether a log with so many readable records holds all of these, and nothing else. */
    public boolean agreesWith(long records) {
        return records >= acknowledged + committed && records <= acknowledged + failed + committed + uncertain;
    }

    @Override
    public String toString() {
        return "%,d acknowledged, %,d committed by the foreign producer, %,d of it in doubt, %,d aborted, %,d failed"
                .formatted(acknowledged, committed, uncertain, aborted, failed);
    }
}
