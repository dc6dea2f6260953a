package io.millrace.analytics.peer;

import io.millrace.kit.installation.UniqueHashKeys;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * By what instances of one installation know one another: made from a secret of its control database, so that nobody has
 * to hand one out.
 */
final class PeerToken {
    private static final String ALGORITHM = "HmacSHA256";
    private static final byte[] PURPOSE = "millrace analytics peers".getBytes(StandardCharsets.UTF_8);

    private final String text;

    PeerToken(UniqueHashKeys keys) {
        byte[] secret = ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(keys.key0())
                .putLong(keys.key1())
                .array();
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(secret, ALGORITHM));
            this.text = Base64.getUrlEncoder().withoutPadding().encodeToString(mac.doFinal(PURPOSE));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
    }

    String text() {
        return text;
    }

    /** Compared in constant time: how long it takes tells nothing about the token. */
    boolean is(String other) {
        return MessageDigest.isEqual(text.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
    }
}
