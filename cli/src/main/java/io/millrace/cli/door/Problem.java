package io.millrace.cli.door;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Answers of Millrace's services that are not what was hoped for, in words for a person. */
public final class Problem {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int QUOTED_CHARS_MAX = 300;

    private Problem() {}

    /** The status with the service's own words if the body is a problem as in RFC 9457, else with its beginning. */
    public static String describe(int status, String body) {
        JsonNode problem = json(body);
        String code = problem.path("code").asString("");
        String detail = problem.path("detail").asString("");
        String words = code.isEmpty() && detail.isEmpty() ? quote(body) : code + ": " + detail;
        return "HTTP " + status + (words.isEmpty() ? "" : " " + words);
    }

    /** The body's JSON, or a node without anything when it is none. */
    static JsonNode json(String body) {
        try {
            return JSON.readTree(body);
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    static String quote(String body) {
        String text = body.strip();
        return text.length() <= QUOTED_CHARS_MAX ? text : text.substring(0, QUOTED_CHARS_MAX) + "…";
    }
}
