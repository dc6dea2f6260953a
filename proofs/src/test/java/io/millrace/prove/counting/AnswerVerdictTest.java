package io.millrace.prove.counting;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.PositionVector;
import io.millrace.prove.asking.AnswerBook;
import io.millrace.prove.asking.Asked;
import io.millrace.prove.asking.Question;
import io.millrace.prove.traffic.Note;
import io.millrace.prove.verdict.Finding;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A wrong answer is found, and a right one is not. */
final class AnswerVerdictTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    private static final Question QUESTION =
            new Question("acme", NOW.toEpochMilli(), NOW.plusSeconds(60).toEpochMilli(), List.of(), null);

    @TempDir
    private Path folder;

    private final EventIndex events = new EventIndex();

    /** Three events in partition 0, the second of which counts twice. */
    @BeforeEach
    void writeLog() {
        for (int offset = 0; offset < 3; offset++) {
            Note note = new Note(true, true, "acme", "view", offset == 1 ? 2 : 1, null, NOW.toEpochMilli());
            events.take(
                    new ConsumerRecord<>(
                            "topic",
                            0,
                            offset,
                            NOW.plusMillis(offset).toEpochMilli(),
                            TimestampType.LOG_APPEND_TIME,
                            0,
                            0,
                            new byte[0],
                            new byte[0],
                            new RecordHeaders(),
                            Optional.empty()),
                    note,
                    true);
        }
    }

    @Test
    void answerIsHeldAgainstTheLogBelowItsOwnPosition() throws IOException {
        assertThat(wrong(answer(true, 0, ""))).isEmpty();
        assertThat(wrong(answer(true, 2, group(3)))).isEmpty();
        assertThat(wrong(answer(true, 3, group(4)))).isEmpty();
        assertThat(wrong(answer(true, 2, group(4)))).hasSize(1);
        assertThat(wrong(answer(true, 3, group(3)))).hasSize(1);
        assertThat(wrong(answer(true, 3, ""))).hasSize(1);
    }

    @Test
    void answerThatDoesNotClaimToBeExactMayBeAnything() throws IOException {
        assertThat(wrong(answer(false, 3, group(77)))).isEmpty();
    }

    @Test
    void answerAboutSampledEventsIsHeldAgainstTheLogToo() throws IOException {
        assertThat(wrong(answer(false, 3, group(4)).replace("expired", "sampled")))
                .isEmpty();
        assertThat(wrong(answer(false, 3, group(5)).replace("expired", "sampled")))
                .hasSize(1);
        assertThat(wrong(answer(false, 3, group(5)).replace("\"expired\"", "\"expired\",\"sampled\"")))
                .isEmpty();
    }

    @Test
    void positionBehindTheLogsEndIsNoPlace() throws IOException {
        assertThat(findings(answer(true, 4, group(4))).get(1).holds()).isFalse();
        assertThat(findings(answer(true, 3, group(4))).get(1).holds()).isTrue();
    }

    @Test
    void wrongAnswerIsExplained() throws IOException {
        assertThat(wrong(answer(true, 2, group(4))).getFirst())
                .contains("acme /v1/counts", "view 3", "view 4", "instance 1");
    }

    private List<String> wrong(String body) throws IOException {
        return findings(body).getFirst().first().stream().map(Object::toString).toList();
    }

    private List<Finding> findings(String body) throws IOException {
        AnswerVerdict verdict = new AnswerVerdict(events, List.of(3L), new Times());
        try (AnswerBook book = AnswerBook.in(folder)) {
            book.add(new Asked(book.add(QUESTION), 1, NOW, NOW, 200, body));
            verdict.judge(book);
        }
        return verdict.findings(new Demand(1, false));
    }

    private static String group(int count) {
        return "{\"event_type\":\"view\",\"count\":" + count + "}";
    }

    private static String answer(boolean exact, long end, String groups) {
        String position = new PositionVector(1, new TreeMap<>(Map.of(0, end))).toToken();
        return """
                {"from":"2026-11-20T10:00:00Z","to":"2026-11-20T10:01:00Z","groups":[%s],"meta":{"exact":%s,"reasons":[%s],\
                "position":"%s","complete_to":null,"sources":["history","live"],"not_live":{"tail_behind":[0]}}}""".formatted(groups, exact, exact ? "" : "\"expired\"", position);
    }
}
