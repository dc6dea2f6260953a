package io.millrace.ingestion.api;

import io.millrace.ingestion.door.Accepted;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/**
 * What is said of accepted events, as JSON. What rules did is there only where they did something.
 */
final class AcceptedJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private AcceptedJson() {}

    static byte[] of(Accepted accepted) {
        return written(new LinkedHashMap<>(), accepted);
    }

    /** As Segment says it, and what we have to say beside it. */
    static byte[] ofSegment(Accepted accepted) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("success", true);
        return written(json, accepted);
    }

    private static byte[] written(Map<String, Object> json, Accepted accepted) {
        json.put("accepted", accepted.accepted());
        json.put("rejected", accepted.rejected());
        if (!accepted.dropped().isEmpty()) {
            json.put("dropped", accepted.dropped());
        }
        if (!accepted.deadLetters().isEmpty()) {
            json.put("dead_letters", accepted.deadLetters());
        }
        json.put("position", accepted.position());
        return JSON.writeValueAsBytes(json);
    }
}
