package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;

/** Numbers that may be absent: a byte for each that says so, then all of them, 0 standing for the absent. */
public final class NullableNumberColumn implements Column {
    private final Bytes absences = new Bytes();
    private final NumberColumn values;

    NullableNumberColumn(NumberColumn values) {
        this.values = values;
    }

    public void add(long value) {
        absences.putByte(0);
        values.add(value);
    }

    public void addAbsent() {
        absences.putByte(1);
        values.add(0);
    }

    @Override
    public String type() {
        return "Nullable(" + values.type() + ")";
    }

    @Override
    public long bytes() {
        return absences.size() + values.bytes();
    }

    @Override
    public void writeValues(OutputStream out) throws IOException {
        absences.writeTo(out);
        values.writeValues(out);
    }
}
