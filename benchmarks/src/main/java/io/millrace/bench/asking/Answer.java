package io.millrace.bench.asking;

import io.millrace.log.PositionVector;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an answer says.
 *
 * @param exact whether it claims to be
 * @param upToDate whether no partition is older than it should be
 * @param position up to where
 * @param numbers all there are
 */
public record Answer(boolean exact, boolean upToDate, PositionVector position, Numbers numbers) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MARKS_BYTES_MAX = 2_000;
    private static final String META = "\"meta\":{";

    /** What an answer says of itself, found without reading the rest. */
    enum Mark {
        EXACT,
        NOT_LIVE
    }

    /** Reads a reply that is one. */
    public static Answer parse(Reply reply) {
        JsonNode json = JSON.readTree(reply.body());
        JsonNode meta = json.path("meta");
        return new Answer(
                meta.path("exact").asBoolean(),
                !meta.has("not_live"),
                PositionVector.parse(meta.path("position").asString()),
                Numbers.of(json));
    }

    /** Whether an answer bears a mark; only its end, where marks are, is looked at. */
    static boolean bears(Reply reply, Mark mark) {
        byte[] body = reply.body();
        int from = Math.max(0, body.length - MARKS_BYTES_MAX);
        String end = new String(body, from, body.length - from, StandardCharsets.ISO_8859_1);
        int meta = end.lastIndexOf(META);
        if (meta < 0) {
            throw new IllegalArgumentException("an answer ends without saying what it is worth: " + end);
        }
        return switch (mark) {
            case EXACT -> end.startsWith("\"exact\":true", meta + META.length());
            case NOT_LIVE -> end.indexOf("\"not_live\":", meta) > 0;
        };
    }
}
