package io.millrace.log;

import io.millrace.event.EventSlices;
import io.millrace.event.TextSlice;

/**
 * An event with what its record gives it: the tenant, and an id and a time where its sender said none. It is filled
 * again with every record, so it says what it says until the next one is read.
 */
public final class StoredEvent {
    private final EventSlices sent = new EventSlices();
    private final TextSlice tenantName = new TextSlice();
    private Tenant tenant = new Tenant("nobody");
    private long idMostSignificantBits;
    private long idLeastSignificantBits;
    private long timestampMillis;

    StoredEvent() {}

    /** What its sender said. */
    public EventSlices sent() {
        return sent;
    }

    public Tenant tenant() {
        return tenant;
    }

    /** The tenant's name as it stands in the record. */
    public TextSlice tenantName() {
        return tenantName;
    }

    /** Of the id sent, or the one that its position gives. */
    public long idMostSignificantBits() {
        return idMostSignificantBits;
    }

    public long idLeastSignificantBits() {
        return idLeastSignificantBits;
    }

    /** The time sent, or that of receipt. */
    public long timestampMillis() {
        return timestampMillis;
    }

    void setTenant(Tenant owner, byte[] name) {
        tenant = owner;
        tenantName.set(name, 0, name.length);
    }

    void setId(long mostSignificantBits, long leastSignificantBits) {
        idMostSignificantBits = mostSignificantBits;
        idLeastSignificantBits = leastSignificantBits;
    }

    void setTimestampMillis(long millis) {
        timestampMillis = millis;
    }
}
