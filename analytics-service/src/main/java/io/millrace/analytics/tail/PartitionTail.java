package io.millrace.analytics.tail;

import io.millrace.analytics.unique.UniqState;
import io.millrace.analytics.unique.UserHash;
import io.millrace.event.TextSlice;
import io.millrace.log.Fate;
import io.millrace.log.LogTerms;
import io.millrace.log.RecordReader;
import io.millrace.log.StoredEvent;
import io.millrace.log.Tenant;
import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The end of one partition of the log: all its events from its floor to its end, counted. A function of the log alone,
 * so it does not matter who holds it or since when.
 *
 * <p>Two write to it. First it is <em>read back</em> from before its floor, since Streams starts at the log's end and
 * the duplicate rule looks far back; then it <em>follows</em> the topology. Nothing may be missed in between: a record
 * of the topology counts from where reading back has passed one that the topology delivered before, for between two
 * records that it delivers there is none. For several threads.
 */
final class PartitionTail {
    private static final long NOTHING_SEEN = -1;

    private final LogTerms terms;
    private final UserHash userHash;
    private final Map<Tenant, TenantTail> tenants = new HashMap<>();
    private RecordReader reader;
    private boolean begun;
    private boolean followed;
    private boolean blocked;
    private long floor;
    private long next;
    private long seen = NOTHING_SEEN;
    private long lastReceivedMillis;

    /** The tail of a partition of a log of these terms, which holds nothing yet. */
    PartitionTail(LogTerms terms, UserHash userHash) {
        this.terms = terms;
        this.userHash = userHash;
        this.reader = new RecordReader(terms);
    }

    /**
     * Says where reading back begins. Begun again, it has forgotten all that was.
     *
     * @param recallFrom the first offset that is read, for the duplicate rule
     * @param countFrom the first that is counted
     */
    synchronized void begin(long recallFrom, long countFrom) {
        begun = true;
        followed = false;
        blocked = false;
        reader = new RecordReader(terms);
        tenants.clear();
        next = recallFrom;
        floor = countFrom;
    }

    /**
     * Says that what lies below the offset where reading back begins is not known.
     *
     * @param receivedAtMillisMax no unknown record was received later
     */
    synchronized void beginsUnknown(long receivedAtMillisMax) {
        reader.window().unknownBelow(next, receivedAtMillisMax);
    }

    /** Takes a record that was read back. */
    synchronized void readBack(ConsumerRecord<byte[], byte[]> record) {
        if (!followed && record.offset() >= next) {
            take(record);
        }
    }

    /** Notes that reading back has got to an offset, below which there are no further records. */
    synchronized void readBackTo(long position) {
        if (!followed && !blocked) {
            next = Math.max(next, position);
        }
    }

    /** Takes the next record of the topology. */
    synchronized void follow(ConsumerRecord<byte[], byte[]> record) {
        if (!followed && begun && seen != NOTHING_SEEN && seen < next && record.offset() >= next) {
            followed = true;
        }
        seen = record.offset();
        // What it delivers again, after a failure, is counted already.
        if (followed && record.offset() >= next) {
            take(record);
        }
    }

    /** {@return whether it needs reading back no more} */
    synchronized boolean isFollowed() {
        return followed || blocked;
    }

    /**
     * Takes it up again to read back, from its end, what the topology does not deliver: it may be slow, and is never told
     * of offsets without a record.
     *
     * @return whether that may help
     */
    synchronized boolean unfollow() {
        if (blocked || !followed) {
            return false;
        }
        followed = false;
        return true;
    }

    private void take(ConsumerRecord<byte[], byte[]> record) {
        if (blocked) {
            return;
        }
        Fate fate = reader.read(record);
        switch (fate) {
            case Fate.Stored(StoredEvent event)
            when record.offset() >= floor ->
                tenants.computeIfAbsent(event.tenant(), _ -> new TenantTail())
                        .add(event, record.offset(), user(event.sent().userId()));
            // The consumer stops here as well, until it is upgraded.
            case Fate.UnknownVersion _ -> {
                blocked = true;
                return;
            }
            case Fate.Unjudgeable _ when record.offset() >= floor -> forget(record.offset() + 1);
            default -> {}
        }
        next = record.offset() + 1;
        lastReceivedMillis = record.timestamp();
    }

    private long user(TextSlice id) {
        return id.isEmpty()
                ? MinuteCell.NO_USER
                : Integer.toUnsignedLong(UniqState.hash(userHash.of(id.bytes(), id.from(), id.length())));
    }

    /** Nobody can say what became of an event, so what is counted starts anew behind it. */
    private void forget(long newFloor) {
        tenants.clear();
        floor = newFloor;
    }

    /** {@return what it holds now} */
    synchronized Reach reach() {
        return begun ? new Reach(floor, next, lastReceivedMillis) : Reach.NONE;
    }

    /**
     * Adds up what came from an offset on, if it holds all of that.
     *
     * @return what it held then; nothing was added unless that {@linkplain Reach#holdsFrom holds} from the offset on
     */
    synchronized Reach addFrom(long offset, Selection selection, TailTotals totals) {
        Reach reach = reach();
        TenantTail tenant = tenants.get(selection.tenant());
        if (tenant != null && reach.holdsFrom(offset)) {
            tenant.addFrom(offset, selection, totals);
        }
        return reach;
    }

    /** Forgets what lies below an offset. */
    synchronized void dropBelow(long offset) {
        long newFloor = Math.min(offset, next);
        if (begun && newFloor > floor) {
            floor = newFloor;
            tenants.values().removeIf(tenant -> tenant.dropBelow(newFloor));
        }
    }

    /** {@return bytes of what is counted, roughly} */
    synchronized long bytes() {
        return tenants.values().stream().mapToLong(TenantTail::bytes).sum();
    }

    /** {@return bytes of what is remembered for the duplicate rule} */
    synchronized long windowBytes() {
        return reader.window().bytes();
    }
}
