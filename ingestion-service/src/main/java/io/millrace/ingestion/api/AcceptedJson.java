package io.millrace.ingestion.api;

import io.millrace.ingestion.door.Accepted;
import java.util.LinkedHashMap;
import java.util.Map;

/** The JSON of a 202. What rules did is there only where they did something. */
final class AcceptedJson {
    private AcceptedJson() {}

    static Map<String, Object> of(Accepted accepted) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("accepted", accepted.accepted());
        json.put("rejected", accepted.rejected());
        if (!accepted.dropped().isEmpty()) {
            json.put("dropped", accepted.dropped());
        }
        if (!accepted.deadLetters().isEmpty()) {
            json.put("dead_letters", accepted.deadLetters());
        }
        json.put("position", accepted.position());
        return json;
    }
}
