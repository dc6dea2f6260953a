package io.millrace.log;

import java.security.SecureRandom;

/**
 * What makes two events the same, in one object that is filled again and again, and a hash of it.
 *
 * <p>Ids come from outside. The hash is keyed at random for each object and folds 128-bit products (as wyhash does), so
 * that nobody can choose ids whose hashes meet.
 */
final class EventKey {
    private static final SecureRandom RANDOM = new SecureRandom();

    long idMostSignificantBits;
    long idLeastSignificantBits;
    /** Number of the tenant, and in the lowest bit whether the id is a text's. */
    int owner;

    private final long key0 = RANDOM.nextLong();
    private final long key1 = RANDOM.nextLong();
    private final long key2 = RANDOM.nextLong();
    /** Odd, and so never 0, which would swallow the other factor. */
    private final long key3 = RANDOM.nextLong() | 1;

    void set(long mostSignificantBits, long leastSignificantBits, int newOwner) {
        idMostSignificantBits = mostSignificantBits;
        idLeastSignificantBits = leastSignificantBits;
        owner = newOwner;
    }

    long hash() {
        long id = fold(idMostSignificantBits ^ key0, idLeastSignificantBits ^ key1);
        return fold(id ^ key2 ^ owner, key3);
    }

    private static long fold(long a, long b) {
        return Math.unsignedMultiplyHigh(a, b) ^ (a * b);
    }
}
