package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;

/** Maps of text: for each where its entries end, then all keys, then all values. */
public final class TextMapColumn implements Column {
    private final Bytes ends = new Bytes();
    private final DictionaryColumn keys = new DictionaryColumn();
    private final TextColumn values = new TextColumn();
    private long entries;

    TextMapColumn() {}

    public void add(Map<String, String> map) {
        map.forEach((key, value) -> {
            keys.add(key);
            values.add(value);
        });
        entries += map.size();
        ends.putLong(entries);
    }

    @Override
    public String type() {
        return "Map(LowCardinality(String), String)";
    }

    @Override
    public long bytes() {
        return ends.size() + keys.bytes() + values.bytes();
    }

    @Override
    public void writePrefix(OutputStream out) throws IOException {
        keys.writePrefix(out);
    }

    @Override
    public void writeValues(OutputStream out) throws IOException {
        ends.writeTo(out);
        keys.writeValues(out);
        values.writeValues(out);
    }
}
