package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Strings, which in ClickHouse are any bytes: length and bytes of each. */
public final class TextColumn implements Column {
    private final Bytes values = new Bytes();

    TextColumn() {}

    public void add(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
    }

    public void add(byte[] bytes) {
        add(bytes, 0, bytes.length);
    }

    /** Adds a part of an array. */
    public void add(byte[] bytes, int from, int length) {
        values.putLength(length);
        values.put(bytes, from, length);
    }

    @Override
    public String type() {
        return "String";
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
