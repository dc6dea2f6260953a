package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Strings of which few differ: the different ones once, in a dictionary, and for each value its place there, as narrow as
 * the dictionary allows.
 */
public final class DictionaryColumn implements Column {
    /** The only form of the format there is: a dictionary in the block itself. */
    private static final long DICTIONARY_IN_BLOCK = 1;

    /** The dictionary follows; and it is all there is. With these stands the width of the places. */
    private static final long DICTIONARY_FOLLOWS = 1 << 9 | 1 << 10;

    private final TextDictionary dictionary = new TextDictionary();
    private Bytes places = new Bytes();
    private int width = Byte.BYTES;

    DictionaryColumn() {}

    public void add(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(bytes, 0, bytes.length);
    }

    /** Adds a part of an array. */
    public void add(byte[] bytes, int from, int length) {
        int place = dictionary.place(bytes, from, length);
        int needed = place < 1 << Byte.SIZE ? Byte.BYTES : place < 1 << Short.SIZE ? Short.BYTES : Integer.BYTES;
        if (needed > width) {
            places = places.widened(width, needed);
            width = needed;
        }
        places.putNumber(place, width);
    }

    @Override
    public String type() {
        return "LowCardinality(String)";
    }

    @Override
    public long bytes() {
        return places.size() + dictionary.bytes();
    }

    @Override
    public void writePrefix(OutputStream out) throws IOException {
        Bytes prefix = new Bytes();
        prefix.putLong(DICTIONARY_IN_BLOCK);
        prefix.writeTo(out);
    }

    @Override
    public void writeValues(OutputStream out) throws IOException {
        if (places.size() == 0) {
            return; // As part of a map whose rows are all empty; the reader expects nothing then.
        }
        Bytes head = new Bytes();
        head.putLong(DICTIONARY_FOLLOWS | Integer.numberOfTrailingZeros(width));
        head.putLong(dictionary.size());
        head.writeTo(out);
        dictionary.writeTo(out);
        Bytes count = new Bytes();
        count.putLong(places.size() / width);
        count.writeTo(out);
        places.writeTo(out);
    }
}
