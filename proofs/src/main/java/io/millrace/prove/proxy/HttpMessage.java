package io.millrace.prove.proxy;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One HTTP/1.1 message as it came, body framing included. Bounded: {@value #BODY_BYTES_MAX} bytes of body, above the
 * largest insert of a consumer with the heap that a run gives it.
 */
public final class HttpMessage {
    private static final int HEAD_BYTES_MAX = 64 << 10;
    private static final int BODY_BYTES_MAX = 256 << 20;
    private static final String LENGTH = "content-length";
    private static final String CODING = "transfer-encoding";

    private final String head;
    private final byte[] body;
    private final boolean last;

    private HttpMessage(String head, byte[] body, boolean last) {
        this.head = head;
        this.body = body;
        this.last = last;
    }

    /** The first line and the fields, with the empty line. */
    public String head() {
        return head;
    }

    /** Everything behind the head. */
    public byte[] body() {
        return body;
    }

    /** Whether the sender closes its connection behind it. */
    boolean last() {
        return last;
    }

    /** Reads the head of a message. */
    public static String readHead(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream(1024);
        int ending = 0;
        while (ending < 4) {
            int next = in.read();
            if (next < 0 || head.size() == HEAD_BYTES_MAX) {
                throw new EOFException("no whole head");
            }
            head.write(next);
            ending = next == (ending % 2 == 0 ? '\r' : '\n') ? ending + 1 : next == '\r' ? 1 : 0;
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    /** Reads the body that belongs to a head. An answer without a length lasts until its sender closes. */
    public static HttpMessage readBody(String head, InputStream in, boolean answer) throws IOException {
        if (field(head, CODING).toLowerCase(Locale.ROOT).contains("chunked")) {
            return new HttpMessage(head, readChunks(in), false);
        }
        String length = field(head, LENGTH);
        if (!length.isEmpty()) {
            int bytes = Integer.parseInt(length);
            if (bytes > BODY_BYTES_MAX) {
                throw new IOException("a body of " + bytes + " bytes");
            }
            byte[] body = in.readNBytes(bytes);
            if (body.length < bytes) {
                throw new EOFException("the body ends early");
            }
            return new HttpMessage(head, body, false);
        }
        return answer
                ? new HttpMessage(head, in.readNBytes(BODY_BYTES_MAX), true)
                : new HttpMessage(head, new byte[0], false);
    }

    private static byte[] readChunks(InputStream in) throws IOException {
        ByteArrayOutputStream body = new ByteArrayOutputStream(8192);
        long size;
        do {
            String line = readLine(in);
            size = Long.parseLong(
                    line.substring(0, line.indexOf(';') < 0 ? line.length() : line.indexOf(';'))
                            .strip(),
                    16);
            if (body.size() + size > BODY_BYTES_MAX) {
                throw new IOException("a body of more than " + BODY_BYTES_MAX + " bytes");
            }
            body.write((line + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            byte[] chunk = in.readNBytes((int) size + 2);
            if (chunk.length < size + 2) {
                throw new EOFException("the body ends within a chunk");
            }
            body.write(chunk);
        } while (size > 0);
        return body.toByteArray();
    }

    private static String readLine(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next != '\n'; next = in.read()) {
            if (next < 0 || line.length() == HEAD_BYTES_MAX) {
                throw new EOFException("the body ends within a line");
            }
            if (next != '\r') {
                line.append((char) next);
            }
        }
        return line.toString();
    }

    /** A field's value, or the empty text. */
    public static String field(String head, String name) {
        return head.lines()
                .skip(1)
                .filter(line -> line.regionMatches(true, 0, name + ":", 0, name.length() + 1))
                .map(line -> line.substring(name.length() + 1).strip())
                .findFirst()
                .orElse("");
    }

    /** The head without a field. */
    static String without(String head, String name) {
        return head.replaceAll("(?im)^" + name + ":.*\r\n", "");
    }

    byte[] headBytes() {
        return head.getBytes(StandardCharsets.ISO_8859_1);
    }
}
