package io.millrace.prove.verdict;

/**
 * A place where what is stored is not what must be.
 *
 * @param what in words
 * @param partition Kafka's, or -1 where it concerns no place
 * @param offset Kafka's
 */
public record Difference(String what, int partition, long offset) {

    public static Difference ofSum(String what) {
        return new Difference(what, -1, -1);
    }

    /** Whether it lies at one place of the log. */
    public boolean isPlaced() {
        return partition >= 0;
    }

    @Override
    public String toString() {
        return isPlaced() ? "partition %d offset %d: %s".formatted(partition, offset, what) : what;
    }
}
