package io.millrace.ingestion.rules;

import io.millrace.event.EventId;
import io.millrace.log.EventRecords;
import io.millrace.log.Tenant;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * Whom a sampling rule lets in: a function of the event's tenant and id, so that a retry fares as its first copy did. Who
 * is one in 100 is one in 10, too.
 */
final class Sampling {
    private Sampling() {}

    /** The first 64 bits of the SHA-256 of the event's partition key are a fraction of 1; those below 1/n are in. */
    static boolean letsIn(Tenant tenant, EventId id, int oneIn) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(EventRecords.key(tenant, id));
            long fraction = ByteBuffer.wrap(hash).getLong();
            return Long.compareUnsigned(fraction, Long.divideUnsigned(-1L, oneIn)) < 0;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
