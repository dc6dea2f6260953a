package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;

/** Maps of text: for each where its entries end, then all keys, then all values. */
public final class TextMapColumn implements Column {
    private final Bytes ends = new Bytes();
    private final DictionaryColumn keys = new DictionaryColumn();
    private final TextColumn values = new TextColumn();
    private long entries;

    TextMapColumn() {}

    /** The key of the next entry of the map that {@link #endMap} will end; its value is to be added, too. */
    public DictionaryColumn keys() {
        return keys;
    }

    /** The value of the entry whose key was added last. */
    public TextColumn values() {
        return values;
    }

    /** Says how many entries were added since the map before. No key may stand twice among them. */
    public void endMap(int entriesAdded) {
        entries += entriesAdded;
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
