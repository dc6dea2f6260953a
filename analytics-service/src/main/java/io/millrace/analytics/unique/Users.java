package io.millrace.analytics.unique;

import java.util.Arrays;
import java.util.Base64;

/**
 * A set of users that tells how many they are. Immutable and compact: ClickHouse's own form of it, at most 256 KiB. Two
 * are equal when they hold the same hashes.
 */
public final class Users {
    /** Nobody. */
    public static final Users NONE = of(new UniqState());

    private final byte[] state;
    private final UniqCount count;

    private Users(byte[] state, UniqCount count) {
        this.state = state;
        this.count = count;
    }

    /** {@return what was added to a state up to now} */
    public static Users of(UniqState state) {
        return new Users(state.toBytes(), state.count());
    }

    /**
     * Reads what ClickHouse, or {@link #toBase64}, wrote.
     *
     * @throws UniqStateException when it is no state
     */
    public static Users ofBase64(String text) {
        return of(UniqState.ofBase64(text));
    }

    /** {@return them in ClickHouse's form} */
    public String toBase64() {
        return Base64.getEncoder().encodeToString(state);
    }

    /** {@return these users and others, those that are in both once} */
    public Users plus(Users others) {
        if (count.users() == 0 || others.count.users() == 0) {
            return count.users() == 0 ? others : this;
        }
        UniqState all = UniqState.of(state);
        all.merge(UniqState.of(others.state));
        return of(all);
    }

    /** {@return how many they are, and how far that may be off} */
    public UniqCount count() {
        return count;
    }

    /** {@return the memory they take} */
    public int bytes() {
        return state.length;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Users users && Arrays.equals(hashes(), users.hashes());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(hashes());
    }

    private int[] hashes() {
        return UniqState.of(state).sortedHashes();
    }

    @Override
    public String toString() {
        return count.toString();
    }
}
