package io.millrace.localstack.cache;

import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * A published checksum, as package registries write it: {@code sha512-} and Base64.
 *
 * @param text the whole text
 */
public record Integrity(String text) {
    private static final String PREFIX = "sha512-";
    private static final int DIGEST_BYTES = 64;
    private static final int BUFFER_BYTES = 1 << 16;

    public Integrity {
        if (!text.startsWith(PREFIX) || decode(text).length != DIGEST_BYTES) {
            throw new StackException("not a sha512 checksum: " + text);
        }
    }

    /**
     * Checks a file.
     *
     * @throws StackException when it is not the published one
     */
    public void check(Path file) throws IOException {
        MessageDigest digest = sha512();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[BUFFER_BYTES];
            for (int read = in.read(buffer); read >= 0; read = in.read(buffer)) {
                digest.update(buffer, 0, read);
            }
        }
        byte[] found = digest.digest();
        if (!MessageDigest.isEqual(found, decode(text))) {
            throw new StackException(file.getFileName() + " is not what was published: its checksum is " + PREFIX
                    + Base64.getEncoder().encodeToString(found) + ", published is " + text);
        }
    }

    private static byte[] decode(String text) {
        try {
            return Base64.getDecoder().decode(text.substring(PREFIX.length()));
        } catch (IllegalArgumentException e) {
            throw new StackException("not a sha512 checksum: " + text, e);
        }
    }

    private static MessageDigest sha512() {
        try {
            return MessageDigest.getInstance("SHA-512");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-512", e);
        }
    }
}
