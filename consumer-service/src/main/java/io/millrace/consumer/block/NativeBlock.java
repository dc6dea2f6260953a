package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** A block: named columns, to be declared first and then filled row by row. */
public final class NativeBlock {
    private final Map<String, Column> columns = new LinkedHashMap<>();
    /** The same in a form that costs nothing to walk: {@link #bytes()} is asked for with every record. */
    private final List<Column> ordered = new ArrayList<>();

    private int rows;

    public NumberColumn bytes(String name, String type) {
        return with(name, new NumberColumn(type, Byte.BYTES));
    }

    public NumberColumn shorts(String name, String type) {
        return with(name, new NumberColumn(type, Short.BYTES));
    }

    public NumberColumn ints(String name, String type) {
        return with(name, new NumberColumn(type, Integer.BYTES));
    }

    public NumberColumn longs(String name, String type) {
        return with(name, new NumberColumn(type, Long.BYTES));
    }

    public NullableNumberColumn nullableLongs(String name, String type) {
        return with(name, new NullableNumberColumn(new NumberColumn(type, Long.BYTES)));
    }

    public UuidColumn uuids(String name) {
        return with(name, new UuidColumn());
    }

    public TextColumn texts(String name) {
        return with(name, new TextColumn());
    }

    public DictionaryColumn dictionary(String name) {
        return with(name, new DictionaryColumn());
    }

    public TextMapColumn textMaps(String name) {
        return with(name, new TextMapColumn());
    }

    public TextPairsColumn textPairs(String name) {
        return with(name, new TextPairsColumn());
    }

    /** Says that every column has got its value. */
    public void endRow() {
        rows++;
    }

    public int rows() {
        return rows;
    }

    /** Bytes the block holds, and about what it will send. */
    public long bytes() {
        long sum = 0;
        for (int i = 0; i < ordered.size(); i++) {
            sum += ordered.get(i).bytes();
        }
        return sum;
    }

    public List<String> names() {
        return List.copyOf(columns.keySet());
    }

    /** Names and types as ClickHouse's {@code input()} wants them told. */
    public String structure() {
        return columns.entrySet().stream()
                .map(column -> column.getKey() + " " + column.getValue().type())
                .collect(Collectors.joining(", "));
    }

    /** Writes the block; can be done again. A block without rows must not be sent. */
    public void writeTo(OutputStream out) throws IOException {
        Bytes head = new Bytes();
        head.putLength(columns.size());
        head.putLength(rows);
        head.writeTo(out);
        for (Map.Entry<String, Column> entry : columns.entrySet()) {
            TextColumn nameAndType = new TextColumn();
            nameAndType.add(entry.getKey());
            nameAndType.add(entry.getValue().type());
            nameAndType.writeValues(out);
            entry.getValue().writePrefix(out);
            entry.getValue().writeValues(out);
        }
    }

    private <C extends Column> C with(String name, C column) {
        if (rows > 0 || columns.putIfAbsent(name, column) != null) {
            throw new IllegalStateException("the column " + name + " is declared too late or twice");
        }
        ordered.add(column);
        return column;
    }
}
