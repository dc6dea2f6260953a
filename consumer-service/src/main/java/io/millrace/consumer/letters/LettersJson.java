package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Letters and outcomes as the API has them; {@code openapi.yaml} describes the forms. Absent is null. */
final class LettersJson {
    private LettersJson() {}

    static Map<String, Object> page(
            List<DeadLetter> letters, Map<LogPosition, ReplayState> states, Optional<LogPosition> next) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put(
                "letters",
                letters.stream()
                        .map(letter -> letter(letter, state(states, letter)))
                        .toList());
        json.put("next", next.map(LogPosition::toString).orElse(null));
        return json;
    }

    static ReplayState state(Map<LogPosition, ReplayState> states, DeadLetter letter) {
        return states.getOrDefault(letter.position(), new ReplayState.Open());
    }

    static Map<String, Object> letter(DeadLetter letter, ReplayState state) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("position", letter.position().toString());
        json.put("received_at", letter.receivedAt().toString());
        json.put("tenant", letter.tenant());
        json.put("reason", letter.reason());
        json.put("detail", letter.detail());
        json.put("key", bytes(letter.record().key()));
        json.put(
                "value",
                letter.record().value() == null ? null : bytes(letter.record().value()));
        List<Map<String, Object>> headers = new ArrayList<>();
        for (Header header : letter.record().headers()) {
            Map<String, Object> one = new LinkedHashMap<>(Map.of("name", header.key()));
            one.putAll(bytes(header.value()));
            headers.add(one);
        }
        json.put("headers", headers);
        json.put(
                "replay_of",
                Positions.replayOf(letter.record().headers())
                        .map(LogPosition::toString)
                        .orElse(null));
        state(json, state);
        return json;
    }

    private static void state(Map<String, Object> json, ReplayState state) {
        LogPosition to = null;
        Instant at = null;
        switch (state) {
            case ReplayState.Open _ -> json.put("state", "open");
            case ReplayState.Claimed _ -> json.put("state", "claimed");
            case ReplayState.Replayed replayed -> {
                json.put("state", "replayed");
                to = replayed.to();
                at = replayed.at();
            }
        }
        json.put("replayed_to", to == null ? null : to.toString());
        json.put("replayed_at", at == null ? null : at.toString());
    }

    /** As Base64, and as text where it is any. */
    private static Map<String, Object> bytes(byte[] bytes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("base64", Base64.getEncoder().encodeToString(bytes));
        json.put("text", text(bytes));
        return json;
    }

    private static @Nullable String text(byte[] bytes) {
        try {
            // A decoder of its own, since String would put something in the place of what is no UTF-8.
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException _) {
            return null;
        }
    }

    static Map<String, Object> reasons(List<ReasonCount> counts) {
        return Map.of(
                "reasons",
                counts.stream()
                        .map(count -> {
                            Map<String, Object> json = new LinkedHashMap<>();
                            json.put("reason", count.reason());
                            json.put("tenant", count.tenant());
                            json.put("letters", count.letters());
                            json.put("first_seen", count.firstSeen().toString());
                            json.put("last_seen", count.lastSeen().toString());
                            return json;
                        })
                        .toList());
    }

    static Map<String, Object> outcomes(ReplayOrder order, List<Outcome> outcomes, Optional<LogPosition> next) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("dry_run", order.dryRun());
        Map<String, Long> counts = new LinkedHashMap<>();
        for (Outcome.Kind kind : Outcome.Kind.values()) {
            counts.put(
                    kind.wire(),
                    outcomes.stream().filter(outcome -> outcome.kind() == kind).count());
        }
        json.put("counts", counts);
        json.put("letters", outcomes.stream().map(LettersJson::outcome).toList());
        json.put("next", next.map(LogPosition::toString).orElse(null));
        return json;
    }

    private static Map<String, Object> outcome(Outcome outcome) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("position", outcome.letter().toString());
        json.put("outcome", outcome.kind().wire());
        json.put("replayed_to", outcome.to() == null ? null : outcome.to().toString());
        json.put("reason", outcome.reason());
        json.put("detail", outcome.detail());
        return json;
    }
}
