package io.millrace.kit.installation;

/**
 * The key of the hashes behind unique counts. ClickHouse's views were made with it; who hashes with another counts
 * every user twice.
 *
 * @param key0 first half, {@code sipHash64Keyed}'s first
 * @param key1 second half
 */
public record UniqueHashKeys(long key0, long key1) {

    /** Without the key: with it one could find users whose hashes collide. */
    @Override
    public String toString() {
        return "UniqueHashKeys";
    }
}
