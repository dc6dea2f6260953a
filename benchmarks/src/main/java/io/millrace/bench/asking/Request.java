package io.millrace.bench.asking;

import io.millrace.address.ServerUrl;
import io.millrace.log.Tenant;
import java.net.URLEncoder;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Requests, written out once and sent many times. */
public final class Request {
    private Request() {}

    /** To a service of ours. */
    public static byte[] get(String target, String key) {
        return written("GET " + target, Map.of("Authorization", "Bearer " + key), new byte[0]);
    }

    /** To a service of ours, with JSON. */
    public static byte[] post(String target, String key, String json) {
        return written(
                "POST " + target,
                Map.of("Authorization", "Bearer " + key, "Content-Type", "application/json"),
                json.getBytes(StandardCharsets.UTF_8));
    }

    /** A dashboard's question straight to ClickHouse, for JSON in its shortest form. */
    public static byte[] straight(Question question, Tenant tenant, ServerUrl server) {
        Select select = Select.straight(question, tenant);
        StringBuilder target = new StringBuilder("POST /?database=").append(server.database());
        select.parameters()
                .forEach((name, value) -> target.append("&param_")
                        .append(name)
                        .append('=')
                        .append(URLEncoder.encode(value, StandardCharsets.UTF_8)));
        return written(
                target.toString(),
                Map.of("X-ClickHouse-User", server.user(), "X-ClickHouse-Key", server.password()),
                (select.text() + "FORMAT JSONCompact").getBytes(StandardCharsets.UTF_8));
    }

    private static byte[] written(String beginning, Map<String, String> headers, byte[] body) {
        StringBuilder head = new StringBuilder(beginning).append(" HTTP/1.1\r\nHost: 127.0.0.1\r\n");
        headers.forEach(
                (name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
        head.append("Content-Length: ").append(body.length).append("\r\n\r\n");
        byte[] start = head.toString().getBytes(StandardCharsets.ISO_8859_1);
        return ByteBuffer.allocate(start.length + body.length)
                .put(start)
                .put(body)
                .array();
    }
}
