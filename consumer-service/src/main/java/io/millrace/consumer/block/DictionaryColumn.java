package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.Map;

/** Strings of which few differ: the different ones once, in a dictionary, and for each value its place there. */
public final class DictionaryColumn implements Column {
    /** The only form of the format there is: a dictionary in the block itself. */
    private static final long DICTIONARY_IN_BLOCK = 1;

    /** 32-bit places; the dictionary follows; and it is all there is. */
    private static final long PLACES_OF_32_BITS = 2 | 1 << 9 | 1 << 10;

    /** What an entry costs beside its text: the map's entry, the string and its array, roughly. */
    private static final int ENTRY_BYTES = 100;

    private final Map<String, Integer> dictionary = new HashMap<>();
    private final TextColumn texts = new TextColumn();
    private final Bytes places = new Bytes();

    DictionaryColumn() {}

    public void add(String text) {
        Integer place = dictionary.get(text);
        if (place == null) {
            place = dictionary.size();
            dictionary.put(text, place);
            texts.add(text);
        }
        places.putInt(place);
    }

    @Override
    public String type() {
        return "LowCardinality(String)";
    }

    @Override
    public long bytes() {
        return places.size() + 2 * texts.bytes() + (long) dictionary.size() * ENTRY_BYTES;
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
        head.putLong(PLACES_OF_32_BITS);
        head.putLong(dictionary.size());
        head.writeTo(out);
        texts.writeValues(out);
        Bytes count = new Bytes();
        count.putLong(places.size() / Integer.BYTES);
        count.writeTo(out);
        places.writeTo(out);
    }
}
