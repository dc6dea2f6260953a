package io.millrace.log;

/**
 * The duplicate rule, for one Kafka partition of one log. A record is a duplicate if the nearest valid record before it
 * with the same tenant and id lies among the N offsets before it and was received within T of it. Duplicates count as
 * occurrences themselves, so they prolong the window; dead letters do not, and are not to be added.
 *
 * <p>Exact: all 128 bits of an id are compared, with the tenant and with whether the id was a text. Nothing is forgotten
 * for its age, because receive times of Kafka may run backwards, and only offsets say what can no longer match.
 *
 * <p>A remembered event takes 32 bytes in the ring and 4 to 8 for finding it, {@value #EVENT_BYTES_MAX} at most; with
 * N = 1,000,000 a full window takes 36 MB. An idle partition takes a few kilobytes. Not for more than one thread.
 */
public final class DuplicateWindow {
    /** Bytes a remembered event takes at most, in a window that is full. */
    public static final int EVENT_BYTES_MAX = 40;

    private final long offsetsMax;
    private final long millisMax;
    private final TenantNumbers tenants = new TenantNumbers();
    private final OccurrenceRing ring;
    private final EventKey key = new EventKey();
    private final OccurrenceChains chains;
    private int entries;
    private long lastOffset = -1;
    private long unknownBelow;
    private long unknownReceivedAtMillisMax = Long.MIN_VALUE;

    /** What the window says of a record. */
    public enum Verdict {
        FIRST,
        DUPLICATE,
        /** Its first copy may have been among the offsets that are not known. */
        UNKNOWN
    }

    /** A window that knows nothing because there was nothing. */
    public DuplicateWindow(LogTerms terms) {
        this.offsetsMax = terms.duplicateWindowOffsets();
        this.millisMax = terms.duplicateWindowTime().toMillis();
        this.ring = new OccurrenceRing((int) offsetsMax);
        this.chains = new OccurrenceChains(ring, key);
    }

    /**
     * Says that what lies below is not known, because Kafka has deleted it. Who does not say so means that there was
     * nothing but what is added.
     *
     * @param offset the first that is known
     * @param receivedAtMillisMax no unknown record was received later
     */
    public void unknownBelow(long offset, long receivedAtMillisMax) {
        this.unknownBelow = offset;
        this.unknownReceivedAtMillisMax = receivedAtMillisMax;
    }

    /**
     * Judges a valid record and remembers it.
     *
     * @param text whether the id is that of a text and no UUID
     * @param offset higher than all before
     * @param receivedAtMillis LogAppendTime
     */
    public Verdict add(
            Tenant tenant,
            long idMostSignificantBits,
            long idLeastSignificantBits,
            boolean text,
            long offset,
            long receivedAtMillis) {
        leaveBehind(offset);
        key.set(idMostSignificantBits, idLeastSignificantBits, (tenants.hold(tenant) << 1) | (text ? 1 : 0));
        long hash = key.hash();
        int found = chains.take(key, hash, offset);
        Verdict verdict = found == OccurrenceChains.NONE
                ? unfound(offset, receivedAtMillis)
                : found(receivedAtMillis - ring.receivedAtMillis(found));
        if (found != OccurrenceChains.NONE) {
            forget(found);
        }
        int slot = ring.slot(offset);
        forget(slot);
        ring.set(slot, key, receivedAtMillis);
        chains.add(hash, offset);
        chains.fit(++entries, offset);
        return verdict;
    }

    /** Bytes it holds now. */
    public long bytes() {
        return ring.bytes() + chains.bytes() + tenants.bytes();
    }

    /** Events it remembers now, each by its last occurrence. */
    public long entries() {
        return entries;
    }

    private Verdict unfound(long offset, long receivedAtMillis) {
        boolean reachesUnknown = unknownBelow > 0 && unknownBelow - 1 >= offset - offsetsMax;
        // Unknown records may be of any age up to the newest, so only one that is far behind even that is excluded.
        return reachesUnknown && receivedAtMillis - millisMax <= unknownReceivedAtMillisMax
                ? Verdict.UNKNOWN
                : Verdict.FIRST;
    }

    private Verdict found(long millisLater) {
        return millisLater <= millisMax && millisLater >= -millisMax ? Verdict.DUPLICATE : Verdict.FIRST;
    }

    /** Forgets what lies more than N offsets before this one. The one exactly N before still counts. */
    private void leaveBehind(long offset) {
        if (offset <= lastOffset) {
            throw new IllegalArgumentException("offset " + offset + " does not follow " + lastOffset);
        }
        if (offset - lastOffset > offsetsMax) {
            ring.clear();
            chains.clear();
            tenants.clear();
            entries = 0;
        } else {
            for (long skipped = lastOffset + 1; skipped < offset; skipped++) {
                forget(ring.slot(skipped));
            }
        }
        lastOffset = offset;
    }

    private void forget(int slot) {
        if (ring.owner(slot) != OccurrenceRing.NO_OWNER) {
            tenants.release(ring.owner(slot) >>> 1);
            ring.free(slot);
            entries--;
        }
    }
}
