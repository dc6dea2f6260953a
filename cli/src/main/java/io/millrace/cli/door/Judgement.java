package io.millrace.cli.door;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.databind.JsonNode;

/** Reads the door's answers. Believes none that does not account for every event sent. */
final class Judgement {
    private Judgement() {}

    /** @param now what a {@code Retry-After} with a date is measured from */
    static Verdict of(Answer answer, int events, Instant now) {
        return switch (answer.status()) {
            case 202 -> settled(answer, events);
            case 400 ->
                Problem.json(answer.body()).has("rejected")
                        ? settled(answer, events)
                        : new Verdict.Never(reason(answer));
            case 401, 403 -> new Verdict.Denied(reason(answer));
            case 413 -> new Verdict.TooLarge(reason(answer));
            // 408, 502 and 504 are those of a proxy between us and the door.
            case 408, 429, 502, 503, 504 -> new Verdict.Later(reason(answer), asked(answer, now));
            default -> new Verdict.Never(reason(answer));
        };
    }

    private static Verdict settled(Answer answer, int events) {
        JsonNode json = Problem.json(answer.body());
        List<Rejection> rejected = new ArrayList<>();
        BitSet seen = new BitSet();
        for (JsonNode entry : entries(json)) {
            int index = entry.path("index").asInt(-1);
            if (!isNew(index, events, seen)) {
                return new Verdict.Never("the door rejected an event that was not sent, or one twice: " + entry);
            }
            String code = entry.path("code").asString("unknown");
            rejected.add(new Rejection(index, code, entry.path("detail").asString("")));
        }
        int dropped = 0;
        for (JsonNode index : droppedIndexes(json)) {
            if (!isNew(index.asInt(-1), events, seen)) {
                return new Verdict.Never("the door dropped an event that was not sent, or one twice: " + index);
            }
            dropped++;
        }
        // A 400 is the door's answer when it accepted nothing, and need not say so in a field.
        int accepted = json.path("accepted").asInt(answer.status() == 202 ? -1 : 0);
        if (accepted < 0 || accepted + rejected.size() + dropped != events) {
            return new Verdict.Never("the door accounted for %d accepted, %d rejected and %d dropped of %d events: %s"
                    .formatted(Math.max(accepted, 0), rejected.size(), dropped, events, Problem.quote(answer.body())));
        }
        return new Verdict.Settled(new Reply(accepted, dropped, rejected));
    }

    /** Those that are to be mended: sent again, or replayed. */
    private static List<JsonNode> entries(JsonNode json) {
        return Stream.of("rejected", "dead_letters")
                .flatMap(name -> json.path(name).valueStream())
                .toList();
    }

    private static List<JsonNode> droppedIndexes(JsonNode json) {
        return json.path("dropped")
                .valueStream()
                .flatMap(entry -> entry.path("indexes").valueStream())
                .toList();
    }

    private static boolean isNew(int index, int events, BitSet seen) {
        if (index < 0 || index >= events || seen.get(index)) {
            return false;
        }
        seen.set(index);
        return true;
    }

    private static String reason(Answer answer) {
        return Problem.describe(answer.status(), answer.body());
    }

    private static Duration asked(Answer answer, Instant now) {
        return answer.retryAfter().flatMap(text -> pause(text, now)).orElse(Duration.ZERO);
    }

    /** Seconds or a date, RFC 9110 section 10.2.3. What is neither is no wish. */
    private static Optional<Duration> pause(String text, Instant now) {
        try {
            if (text.chars().allMatch(character -> character >= '0' && character <= '9')) {
                return Optional.of(Duration.ofSeconds(Long.parseLong(text)));
            }
            Instant then = ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            return Optional.of(Duration.between(now, then)).filter(Duration::isPositive);
        } catch (DateTimeException | NumberFormatException | ArithmeticException e) {
            return Optional.empty();
        }
    }
}
