package io.millrace.analytics;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;

/** An answer as it is sent. */
final class AnswerBody {
    private static final int TAG_BYTES = 15;

    private final byte[] bytes;
    private final String etag;

    private AnswerBody(byte[] bytes, String etag) {
        this.bytes = bytes;
        this.etag = etag;
    }

    /** {@return the body, in UTF-8; not a copy} */
    byte[] bytes() {
        return bytes;
    }

    /** {@return a tag that stays the same as long as the answer's content does, its position included} */
    String etag() {
        return etag;
    }

    /**
     * A body whose last part is not a matter of its content: up to when it is complete changes all the time.
     *
     * @param contentLength of the part that is
     */
    static AnswerBody of(byte[] bytes, int contentLength) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            digest.update(bytes, 0, contentLength);
            String text = new String(
                    Base64.getUrlEncoder().encode(Arrays.copyOf(digest.digest(), TAG_BYTES)),
                    StandardCharsets.US_ASCII);
            return new AnswerBody(bytes, "W/\"" + text + "\"");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
