package io.millrace.log;

/**
 * A place in the log.
 *
 * @param logId the small number of one incarnation of the topic
 * @param partition Kafka's
 * @param offset Kafka's
 */
public record LogPosition(int logId, int partition, long offset) {
    /** Partitions are 16 bits in every table. */
    public static final int PARTITIONS_MAX = 65_536;

    public LogPosition {
        if (logId < 1 || partition < 0 || partition >= PARTITIONS_MAX || offset < 0) {
            throw new IllegalArgumentException("no place in any log: " + logId + "-" + partition + "-" + offset);
        }
    }

    @Override
    public String toString() {
        return logId + "-" + partition + "-" + offset;
    }
}
