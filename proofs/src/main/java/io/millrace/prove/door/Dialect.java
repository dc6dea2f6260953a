package io.millrace.prove.door;

import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.SplittableRandom;

/** A form in which events come to the door, and how a client writes it. */
enum Dialect {
    EVENT(Family.NATIVE, "application/json", "%s"),
    EVENTS(Family.NATIVE, "application/json", "[%s]"),
    BEACON(Family.NATIVE, "text/plain", "[%s]"),
    LINES(Family.NATIVE, "application/x-ndjson", "%s"),
    CLOUD_EVENT(Family.CLOUD_EVENTS, "application/cloudevents+json", "%s"),
    CLOUD_EVENTS(Family.CLOUD_EVENTS, "application/cloudevents-batch+json", "[%s]"),
    CLOUD_EVENT_IN_HEADERS(Family.CLOUD_EVENTS, "application/json", "%s"),
    MESSAGE(Family.SEGMENT, "application/json", "%s"),
    MESSAGES(Family.SEGMENT, "application/json", "{\"batch\":[%s],\"sentAt\":\"2026-01-01T00:00:00Z\"}");

    static final String SOURCE = "/proofs/door";

    private static final List<String> TEXTS =
            List.of("plain", "größer", "漢字", "\uD83D\uDE00", "\\u00e9\\n\\\"", "", "a\\/b");
    private static final int EVENTS_MAX = 5;

    private final Family family;
    private final String contentType;
    private final String frame;

    Dialect(Family family, String contentType, String frame) {
        this.family = family;
        this.contentType = contentType;
        this.frame = frame;
    }

    /** Dialects that say the same of an event. */
    private enum Family {
        NATIVE("/v1/events", 202, """
                {"event_id":"%s","event_type":"door","user_id":"u-%d","order_amount":%d.25,"properties":%s}"""),
        CLOUD_EVENTS("/v1/events", 202, """
                {"specversion":"1.0","id":"%s","source":"/proofs/door","type":"door","subject":"u-%d","size":%d,"data":%s}"""),
        SEGMENT("/v1/", 200, """
                {"type":"track","event":"door","messageId":"%s","userId":"u-%d","version":%d,"properties":%s}""");

        private final String path;
        private final int success;
        private final String form;

        Family(String path, int success, String form) {
            this.path = path;
            this.success = success;
            this.form = form;
        }

        String event(String id, SplittableRandom random) {
            String text = TEXTS.get(random.nextInt(TEXTS.size()));
            String properties = "{\"text\":\"" + text + "\",\"list\":[1,2.5,null,true],\"n\":" + random.nextInt() + "}";
            return form.formatted(id, random.nextInt(1_000), random.nextInt(10_000), properties);
        }
    }

    /** The status of a success. */
    int success() {
        return family.success;
    }

    /** How many events one request may have here. */
    int events(SplittableRandom random) {
        return switch (this) {
            case EVENTS, BEACON, LINES, CLOUD_EVENTS, MESSAGES -> random.nextInt(1, EVENTS_MAX + 1);
            default -> 1;
        };
    }

    /** What the log calls an event that was sent under this id. */
    String logged(String id) {
        return family == Family.CLOUD_EVENTS ? SOURCE + " " + id : id;
    }

    /** A request with events of these ids. */
    Draft draft(List<String> ids, String key, SplittableRandom random) {
        if (this == CLOUD_EVENT_IN_HEADERS) {
            return Draft.post(family.path, "{\"n\":" + random.nextInt() + "}")
                    .with("Content-Type", contentType)
                    .with("Authorization", "Bearer " + key)
                    .with("ce-specversion", "1.0")
                    .with("ce-id", ids.getFirst())
                    .with("ce-source", SOURCE)
                    .with("ce-type", "door");
        }
        List<String> events = ids.stream().map(id -> family.event(id, random)).toList();
        String body = frame.formatted(String.join(this == LINES ? "\n" : ",", events));
        Draft draft = Draft.post(path(random), body).with("Content-Type", contentType);
        return family == Family.SEGMENT && random.nextBoolean()
                ? withWriteKey(draft, key, random)
                : draft.with("Authorization", "Bearer " + key);
    }

    private String path(SplittableRandom random) {
        return switch (this) {
            case MESSAGE -> random.nextBoolean() ? "/v1/track" : "/v1/t";
            case MESSAGES -> "/v1/" + List.of("batch", "b", "import", "batch/").get(random.nextInt(4));
            default -> family.path;
        };
    }

    /** As Segment's libraries send it: those of servers as a user's name, those of browsers in the body. */
    private static Draft withWriteKey(Draft draft, String key, SplittableRandom random) {
        return random.nextBoolean()
                ? draft.with(
                        "Authorization",
                        "Basic " + Base64.getEncoder().encodeToString((key + ":").getBytes(StandardCharsets.UTF_8)))
                : draft.withBody("{\"writeKey\":\"" + key + "\"," + draft.text().substring(1));
    }
}
