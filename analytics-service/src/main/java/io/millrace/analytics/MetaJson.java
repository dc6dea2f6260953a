package io.millrace.analytics;

import io.millrace.analytics.seam.Joined;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import tools.jackson.core.JsonGenerator;

/** What an answer says of itself, in the API's form. */
final class MetaJson {
    private MetaJson() {}

    /** Begins the object and writes what belongs to the answer's content. */
    static void write(JsonGenerator json, Answer answer) {
        Joined joined = answer.joined();
        json.writeObjectPropertyStart("meta");
        json.writeBooleanProperty("exact", answer.reasons().isEmpty());
        json.writeArrayPropertyStart("reasons");
        answer.reasons().forEach(reason -> json.writeString(reason.wire()));
        json.writeEndArray();
        json.writeStringProperty("position", joined.position().toToken());
        json.writeArrayPropertyStart("sources");
        json.writeString("history");
        if (joined.live()) {
            json.writeString("live");
        }
        json.writeEndArray();
        writeNotLive(json, joined);
    }

    /** Writes the part that changes with time alone, and ends the object. */
    static void writeCompleteTo(JsonGenerator json, Joined joined) {
        // Not known of a partition that nobody could be asked about since the start, and that has nothing stored.
        if (joined.completeTo().equals(Instant.EPOCH)) {
            json.writeNullProperty("complete_to");
        } else {
            json.writeStringProperty(
                    "complete_to",
                    joined.completeTo().truncatedTo(ChronoUnit.MILLIS).toString());
        }
        json.writeEndObject();
    }

    private static void writeNotLive(JsonGenerator json, Joined joined) {
        if (!joined.notLive().isEmpty()) {
            json.writeObjectPropertyStart("not_live");
            joined.notLive().forEach((why, partitions) -> {
                json.writeArrayPropertyStart(why.wire());
                partitions.forEach(json::writeNumber);
                json.writeEndArray();
            });
            json.writeEndObject();
        }
    }
}
