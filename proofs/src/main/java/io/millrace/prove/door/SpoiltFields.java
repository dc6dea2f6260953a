package io.millrace.prove.door;

import static io.millrace.prove.door.SpoiltBodies.any;

import io.millrace.prove.door.Shot.Manner;
import java.util.List;
import java.util.SplittableRandom;

/** Header fields, methods and keys that do not fit a body, which is as it should be. */
final class SpoiltFields {
    private static final int KEYS = 50;
    private static final String AUTHORIZATION = "Authorization";

    private static final List<String> CHARSETS = List.of(
            "iso-8859-1", "utf-16", "UTF-32LE", "nonsense", "\"utf-8\"", "", "x-\u00ff", "utf-8; charset=latin1");
    private static final List<String> MEDIA_TYPES = List.of(
            "text/html",
            "application/octet-stream",
            "multipart/form-data",
            "application/x-www-form-urlencoded",
            "application/*",
            "*/*",
            "not a type",
            "/",
            "application/json;;;",
            "application/json; q=\"",
            "",
            "application/cloudevents+avro",
            "application/cloudevents-batch+json",
            "application/json, application/json",
            "application/problem+json",
            "APPLICATION/JSON",
            "\u00e9/\u00e9");
    private static final List<String> AUTHORIZATIONS = List.of(
            "",
            "Bearer",
            "Bearer  ",
            "Bearer a b",
            "bearer x",
            "Basic",
            "Basic !!!",
            "Basic OjpA",
            "Basic /////w==",
            "Digest username=\"x\"",
            "Bearer \u00e9\u00ff",
            "Bearer " + "x".repeat(4_000),
            "Basic Og==");
    private static final List<String> METHODS =
            List.of("GET", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "FOO", "post");

    /** Names with values that they should not have; some are harmless, and then the request is as good as before. */
    private static final List<List<String>> ODD = List.of(
            List.of("Idempotency-Key", ""),
            List.of("Idempotency-Key", "with space"),
            List.of("Idempotency-Key", "k".repeat(256)),
            List.of("Idempotency-Key", "\u00e9"),
            List.of("X-Request-Id", "<script>"),
            List.of("X-Request-Id", "i".repeat(2_000)),
            List.of("Accept", "///"),
            List.of("Accept", "text/html"),
            List.of("Accept", "application/json;q=7"),
            List.of("Accept-Language", ";;;-"),
            List.of("Accept-Charset", "nonsense"),
            List.of("Accept-Encoding", "gzip;q=x"),
            List.of("Origin", "null"),
            List.of("Origin", "http://["),
            List.of("Origin", "https://elsewhere.example:99999"),
            List.of("Origin", "\u00e9"),
            List.of("Access-Control-Request-Method", "\u0001x"),
            List.of("Access-Control-Request-Headers", ",,,"),
            List.of("Expect", "100-continue"),
            List.of("Expect", "a miracle"),
            List.of("Upgrade", "h2c"),
            List.of("Connection", "Upgrade, HTTP2-Settings"),
            List.of("Connection", "close"),
            List.of("Range", "bytes=9-1"),
            List.of("If-Modified-Since", "never"),
            List.of("If-None-Match", "\""),
            List.of("Cookie", "=;=;\u00ff"),
            List.of("Date", "tomorrow"),
            List.of("Host", ""),
            List.of("Host", "[::"),
            List.of("Forwarded", "for=\"_\";proto=gopher"),
            List.of("X-Forwarded-For", "1.2.3.4, "),
            List.of("X-Forwarded-Port", "-1"),
            List.of("X-HTTP-Method-Override", "DELETE"),
            List.of("Content-Language", "-"),
            List.of("TE", "trailers, x"));

    private static final List<List<String>> ATTRIBUTES = List.of(
            List.of("ce-specversion", "1.0"),
            List.of("ce-specversion", "0.3"),
            List.of("ce-specversion", ""),
            List.of("ce-id", "%"),
            List.of("ce-id", "%zz"),
            List.of("ce-id", "%ff%fe"),
            List.of("ce-id", "i".repeat(500)),
            List.of("ce-id", ""),
            List.of("ce-source", "\u00e9"),
            List.of("ce-type", "t".repeat(129)),
            List.of("ce-type", "%00"),
            List.of("ce-time", "noon"),
            List.of("ce-orderamount", "1e99999999"),
            List.of("ce-", "x"),
            List.of("ce-data", "x"),
            List.of("ce-subject", "%ED%A0%80"),
            List.of("Ce-Id", "twice"));

    static final List<Spoiling> ALL = List.of(
            new Spoiling("another charset", 4, SpoiltFields::charset),
            new Spoiling(
                    "another media type",
                    5,
                    (draft, random) -> Shot.of(draft.with("Content-Type", any(MEDIA_TYPES, random)))),
            new Spoiling("another key", 4, SpoiltFields::key),
            new Spoiling("odd fields", 12, SpoiltFields::odd),
            new Spoiling("attributes", 5, SpoiltFields::attributes),
            new Spoiling("another method", 5, SpoiltFields::method));

    private SpoiltFields() {}

    private static Shot charset(Draft draft, SplittableRandom random) {
        return Shot.of(draft.with("Content-Type", "application/json; charset=" + any(CHARSETS, random)));
    }

    /** Some that look like keys, but not ever new ones: each is looked up, and it is not the database that is tried. */
    private static Shot key(Draft draft, SplittableRandom random) {
        return Shot.of(
                switch (random.nextInt(3)) {
                    case 0 -> draft.without(AUTHORIZATION);
                    case 1 -> draft.with(AUTHORIZATION, "Bearer mr_i_" + "%040d".formatted(random.nextInt(KEYS)));
                    default -> draft.with(AUTHORIZATION, any(AUTHORIZATIONS, random));
                });
    }

    private static Shot odd(Draft draft, SplittableRandom random) {
        return Shot.of(with(draft, ODD, random));
    }

    private static Shot attributes(Draft draft, SplittableRandom random) {
        return Shot.of(with(with(draft, ATTRIBUTES, random), ATTRIBUTES, random));
    }

    private static Draft with(Draft draft, List<List<String>> fields, SplittableRandom random) {
        List<String> field = any(fields, random);
        return draft.with(field.getFirst(), field.getLast());
    }

    private static Shot method(Draft draft, SplittableRandom random) {
        return random.nextInt(METHODS.size() + 1) == 0
                ? Shot.of(Manner.ENDS_BEHIND_HEAD, draft.withMethod("HEAD").whole())
                : Shot.of(draft.withMethod(any(METHODS, random)));
    }
}
