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
        values.putNumber(value, width);
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
