package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;

/** Numbers of a fixed width, and what ClickHouse keeps as such: days, moments, decimals, enums. */
public final class NumberColumn implements Column {
    private final String type;
    private final int width;
    private final Bytes values = new Bytes();

    NumberColumn(String type, int width) {
        this.type = type;
        this.width = width;
    }

    /** Adds a value; only its low bytes, as many as the type is wide, are kept. */
    public void add(long value) {
        switch (width) {
            case Byte.BYTES -> values.putByte((int) value);
            case Short.BYTES -> values.putShort((int) value);
            case Integer.BYTES -> values.putInt((int) value);
            case Long.BYTES -> values.putLong(value);
            default -> throw new IllegalStateException("no number is " + width + " bytes wide");
        }
    }

    @Override
    public String type() {
        return type;
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
