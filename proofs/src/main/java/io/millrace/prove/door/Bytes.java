package io.millrace.prove.door;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Bytes that are put together; text is one byte a character. */
final class Bytes {
    private final ByteArrayOutputStream all = new ByteArrayOutputStream();

    Bytes add(String text) {
        all.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
        return this;
    }

    Bytes add(byte[] bytes, int from, int length) {
        all.write(bytes, from, length);
        return this;
    }

    byte[] all() {
        return all.toByteArray();
    }
}
