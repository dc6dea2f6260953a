package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;

/** Lists of named values, where a name may stand twice: for each list where it ends, then all names, then all values. */
public final class TextPairsColumn implements Column {
    private final Bytes ends = new Bytes();
    private final TextColumn names = new TextColumn();
    private final TextColumn values = new TextColumn();
    private long pairs;

    TextPairsColumn() {}

    /** Adds a pair to the list that {@link #endList} will end. */
    public void addPair(String name, byte[] value) {
        names.add(name);
        values.add(value);
        pairs++;
    }

    public void endList() {
        ends.putLong(pairs);
    }

    @Override
    public String type() {
        return "Array(Tuple(name String, value String))";
    }

    @Override
    public long bytes() {
        return ends.size() + names.bytes() + values.bytes();
    }

    @Override
    public void writeValues(OutputStream out) throws IOException {
        ends.writeTo(out);
        names.writeValues(out);
        values.writeValues(out);
    }
}
