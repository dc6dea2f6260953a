package io.millrace.kit.access;

/**
 * A key just made.
 *
 * @param text the key itself: shown to the one who asked, once, and stored nowhere
 * @param key what is stored
 */
public record IssuedKey(String text, ApiKey key) {
    /** Without the key itself. */
    @Override
    public String toString() {
        return "IssuedKey[" + key + "]";
    }
}
