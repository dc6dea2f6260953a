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
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.MissingNode;

/** Reads the door's answers. Believes none that does not account for every event sent. */
final class Judgement {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int QUOTED_CHARS_MAX = 300;

    private Judgement() {}

    /** @param now what a {@code Retry-After} with a date is measured from */
    static Verdict of(Answer answer, int events, Instant now) {
        return switch (answer.status()) {
            case 202 -> settled(answer, events);
            case 400 -> json(answer).has("rejected") ? settled(answer, events) : new Verdict.Never(reason(answer));
            case 401, 403 -> new Verdict.Denied(reason(answer));
            case 413 -> new Verdict.TooLarge(reason(answer));
            // 408, 502 and 504 are those of a proxy between us and the door.
            case 408, 429, 502, 503, 504 -> new Verdict.Later(reason(answer), asked(answer, now));
            default -> new Verdict.Never(reason(answer));
        };
    }

    private static Verdict settled(Answer answer, int events) {
        JsonNode json = json(answer);
        List<Rejection> rejected = new ArrayList<>();
        BitSet seen = new BitSet();
        for (JsonNode entry : json.path("rejected")) {
            int index = entry.path("index").asInt(-1);
            if (index < 0 || index >= events || seen.get(index)) {
                return new Verdict.Never("the door rejected an event that was not sent, or one twice: " + entry);
            }
            seen.set(index);
            String code = entry.path("code").asString("unknown");
            rejected.add(new Rejection(index, code, entry.path("detail").asString("")));
        }
        // A 400 is the door's answer when it accepted nothing, and need not say so in a field.
        int accepted = json.path("accepted").asInt(answer.status() == 202 ? -1 : 0);
        if (accepted < 0 || accepted + rejected.size() != events) {
            return new Verdict.Never("the door accounted for " + Math.max(accepted, 0) + " accepted and "
                    + rejected.size() + " rejected of " + events + " events: " + quote(answer));
        }
        return new Verdict.Settled(new Reply(accepted, rejected));
    }

    /** The door's own words if the answer is a problem as in RFC 9457, else the answer's beginning. */
    private static String reason(Answer answer) {
        JsonNode problem = json(answer);
        String code = problem.path("code").asString("");
        String detail = problem.path("detail").asString("");
        String words = code.isEmpty() && detail.isEmpty() ? quote(answer) : code + ": " + detail;
        return "HTTP " + answer.status() + (words.isEmpty() ? "" : " " + words);
    }

    private static JsonNode json(Answer answer) {
        try {
            return JSON.readTree(answer.body());
        } catch (JacksonException e) {
            return MissingNode.getInstance();
        }
    }

    private static String quote(Answer answer) {
        String text = answer.body().strip();
        return text.length() <= QUOTED_CHARS_MAX ? text : text.substring(0, QUOTED_CHARS_MAX) + "…";
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
