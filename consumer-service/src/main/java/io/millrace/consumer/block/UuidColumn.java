package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;

/** UUIDs: two little-endian numbers each, the most significant first. */
public final class UuidColumn implements Column {
    private final Bytes values = new Bytes();

    UuidColumn() {}

    public void add(long mostSignificantBits, long leastSignificantBits) {
        values.putLong(mostSignificantBits);
        values.putLong(leastSignificantBits);
    }

    @Override
    public String type() {
        return "UUID";
    }

    @Override
    public long bytes() {
        return values.size();
    }

    @Override
    public void writeValues(OutputStream out) throws IOException {
        values.writeTo(out);
    }
}
