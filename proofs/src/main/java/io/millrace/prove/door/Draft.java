package io.millrace.prove.door;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;

/** A request in the making. Every change makes another one. */
final class Draft {
    private static final int CHUNKS_MAX = 4;

    private final String method;
    private final String target;
    private final Map<String, String> fields;
    private final byte[] body;

    private Draft(String method, String target, Map<String, String> fields, byte[] body) {
        this.method = method;
        this.target = target;
        this.fields = fields;
        this.body = body;
    }

    static Draft post(String target, String body) {
        return new Draft("POST", target, Map.of("Host", "127.0.0.1"), body.getBytes(StandardCharsets.UTF_8));
    }

    Draft withMethod(String other) {
        return new Draft(other, target, fields, body);
    }

    Draft withTarget(String other) {
        return new Draft(method, other, fields, body);
    }

    /** With a header field of this value in the place of one that it may have. */
    Draft with(String name, String value) {
        Map<String, String> more = new LinkedHashMap<>(fields);
        more.put(name, value);
        return new Draft(method, target, more, body);
    }

    Draft without(String name) {
        Map<String, String> fewer = new LinkedHashMap<>(fields);
        fewer.remove(name);
        return new Draft(method, target, fewer, body);
    }

    Draft withBody(byte[] other) {
        return new Draft(method, target, fields, other);
    }

    Draft withBody(String other) {
        return withBody(other.getBytes(StandardCharsets.UTF_8));
    }

    boolean has(String name) {
        return fields.containsKey(name);
    }

    byte[] body() {
        return body;
    }

    String text() {
        return new String(body, StandardCharsets.UTF_8);
    }

    /** All of it, with the length of its body. */
    byte[] whole() {
        return framed(body, "Content-Length: " + body.length);
    }

    /** All of it, its body in some chunks. */
    byte[] chunked(SplittableRandom random) {
        Bytes chunks = new Bytes();
        int chunk = Math.max(1, body.length / random.nextInt(1, CHUNKS_MAX + 1));
        for (int from = 0; from < body.length; from += chunk) {
            int length = Math.min(chunk, body.length - from);
            chunks.add(Integer.toHexString(length) + "\r\n")
                    .add(body, from, length)
                    .add("\r\n");
        }
        return framed(chunks.add("0\r\n\r\n").all(), "Transfer-Encoding: chunked");
    }

    /** Its head, then bytes as they are. Of line ends and names within the fields nothing is made. */
    byte[] framed(byte[] frame, String... lines) {
        Bytes bytes = new Bytes().add(method + " " + target + " HTTP/1.1\r\n");
        fields.forEach((name, value) -> bytes.add(name + ": " + value + "\r\n"));
        for (String line : lines) {
            bytes.add(line + "\r\n");
        }
        return bytes.add("\r\n").add(frame, 0, frame.length).all();
    }
}
