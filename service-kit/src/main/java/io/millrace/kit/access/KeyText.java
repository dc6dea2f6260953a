package io.millrace.kit.access;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * The text of a key: {@code mr_<initials of its scopes>_<40 base62 characters>}. The 40 characters carry 238 bits, so
 * a plain SHA-256 is enough to store it: there is nothing to guess, and lookup by hash stays one index access.
 */
final class KeyText {
    private static final String BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private static final int RANDOM_CHARACTERS = 40;
    private static final int SHOWN_RANDOM_CHARACTERS = 6;
    private static final Pattern FORM = Pattern.compile("mr_[a-z]{1,8}_\\p{Alnum}{32,128}");

    private KeyText() {}

    static String made(RandomGenerator random, Set<Scope> scopes) {
        StringBuilder text = new StringBuilder("mr_").append(initials(scopes)).append('_');
        for (int i = 0; i < RANDOM_CHARACTERS; i++) {
            text.append(BASE62.charAt(random.nextInt(BASE62.length())));
        }
        return text.toString();
    }

    /** Whether the text can be a key at all; what cannot is refused without asking the database. */
    static boolean wellFormed(String text) {
        return FORM.matcher(text).matches();
    }

    static String prefix(String text) {
        return text.substring(0, text.indexOf('_', 3) + 1 + SHOWN_RANDOM_CHARACTERS);
    }

    static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static String initials(Set<Scope> scopes) {
        return scopes.stream()
                .sorted(Comparator.naturalOrder())
                .map(scope -> String.valueOf(scope.initial()))
                .collect(Collectors.joining());
    }
}
