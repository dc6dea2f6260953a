package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.bench.asking.Answer;
import io.millrace.bench.asking.Connection;
import io.millrace.bench.asking.Numbers;
import io.millrace.bench.asking.Panel;
import io.millrace.bench.asking.Question;
import io.millrace.bench.asking.Reply;
import io.millrace.bench.asking.Request;
import io.millrace.bench.asking.Select;
import io.millrace.localstack.LocalStack;
import io.millrace.log.PositionVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The peer's questions and the recount on a real ClickHouse, on events whose numbers are known. */
final class AnswerCheckIT {
    /** Of 600 events, one a second, every third is an order for its number in cents; partitions take turns. */
    private static final int EVENTS = 600;

    private static final Instant TO = Instant.parse("2026-11-20T11:00:00Z");
    private static final Question ALL = Panel.MONTH.at(TO.minusSeconds(1));

    private static EventStore store;
    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, StandardCharsets.UTF_8);

    @BeforeAll
    static void fill() throws IOException, InterruptedException {
        store = DemoDatabase.make(LocalStack.shared(), "answer_check_it");
        store.ask("""
                INSERT INTO events_in SELECT if(number < %1$d, 'demo', 'neighbour'), generateUUIDv4(number), '',
                    if(number %% 3 = 0, 'order', 'page_view'), toDateTime64(%2$d + number, 3, 'UTC'), now64(3), '', '', '',
                    if(number %% 3 = 0, toDecimal64(number, 6) / 100, NULL), map(), 1, 1, number %% 12, intDiv(number, 12)
                FROM numbers(%1$d + 12)""".formatted(EVENTS, TO.getEpochSecond() - EVENTS));
    }

    @Test
    void answerIsHeldAgainstTheEventsBelowItsPosition() throws IOException, InterruptedException {
        AnswerCheck check = new AnswerCheck(store, DemoLog.TENANT);
        check.check(ALL, answer(true, 10, "order\t0\t40\t40\t23.4\t0\t1.17\npage_view\t0\t80\t0\t0\t\\N\t\\N"), out);
        assertThatCode(() -> check.conclude(out)).doesNotThrowAnyException();
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("1 answers, 0 wrong");
    }

    @Test
    void oneEventTooManyIsFoundAndFails() throws IOException, InterruptedException {
        AnswerCheck check = new AnswerCheck(store, DemoLog.TENANT);
        check.check(ALL, answer(true, 10, "order\t0\t40\t40\t23.4\t0\t1.17\npage_view\t0\t81\t0\t0\t\\N\t\\N"), out);
        assertThatExceptionOfType(MeasurementException.class)
                .isThrownBy(() -> check.conclude(out))
                .withMessage("1 of 1 exact answers are wrong");
        assertThat(printed.toString(StandardCharsets.UTF_8)).contains("counted, not answered", "page_view");
    }

    @Test
    void answerThatDoesNotClaimToBeExactProvesNothing() throws IOException, InterruptedException {
        AnswerCheck check = new AnswerCheck(store, DemoLog.TENANT);
        check.check(ALL, answer(false, 10, ""), out);
        assertThatExceptionOfType(MeasurementException.class)
                .isThrownBy(() -> check.conclude(out))
                .withMessage("no answer could be checked");
    }

    /** Position, view and raw events are three ways to the same numbers. */
    @ParameterizedTest
    @EnumSource(Panel.class)
    void clickHouseAskedStraightAnswersWhatIsStored(Panel panel) throws IOException, InterruptedException {
        Question question = panel.at(TO.minusSeconds(1));
        Select select = Select.recount(question, DemoLog.TENANT, position(EVENTS));
        Numbers counted = Numbers.rows(store.ask(select.text() + "FORMAT TSV", select.parameters()));
        try (Connection connection = new Connection(store.url().port())) {
            Reply reply = connection.exchange(Request.straight(question, DemoLog.TENANT, store.url()));
            assertThat(reply.isOk()).isTrue();
            assertThat(numbers(reply.text())).isEqualTo(counted);
        }
        assertThat(counted.events()).isEqualTo(EVENTS);
    }

    private static Answer answer(boolean exact, long below, String rows) {
        return new Answer(exact, true, position(below), Numbers.rows(rows));
    }

    private static PositionVector position(long below) {
        SortedMap<Integer, Long> ends = new TreeMap<>();
        for (int partition = 0; partition < 12; partition++) {
            ends.put(partition, below);
        }
        return new PositionVector(1, ends);
    }

    private static Numbers numbers(String json) {
        StringBuilder rows = new StringBuilder();
        for (JsonNode row : JsonMapper.shared().readTree(json).path("data")) {
            rows.append(StreamSupport.stream(row.spliterator(), false)
                            .map(field -> field.isNull() ? "\\N" : field.asString())
                            .collect(Collectors.joining("\t")))
                    .append('\n');
        }
        return Numbers.rows(rows.toString());
    }
}
