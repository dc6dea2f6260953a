package io.millrace.bench;

import io.millrace.bench.asking.Answer;
import io.millrace.bench.asking.Connection;
import io.millrace.bench.asking.Question;
import io.millrace.bench.asking.Reply;
import io.millrace.bench.asking.Request;
import io.millrace.log.PositionVector;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;

/**
 * Sends an event of a type of its own through the door and waits until it can be seen. Events of that type are counted, so
 * an answer that covers the position of the 202 and has another count is wrong.
 */
final class Prober implements AutoCloseable {
    private static final String EVENT_TYPE = "freshness_probe";
    private static final Duration SEEN_WITHIN = Duration.ofMinutes(1);
    private static final int ACCEPTED = 202;
    private static final int RANGE_DAYS = 2;

    /** How an event is waited for. */
    enum Way {
        /** Asks ClickHouse for its row, every 5 ms. */
        STORED("to its row in ClickHouse"),
        /** Asks the analytics-service for the count, every millisecond. */
        ASKING("to the answer, asked every 1 ms"),
        /** Asks it once, for an answer that covers the position. */
        AFTER("to the answer, asked once, after=");

        private final String title;

        Way(String title) {
            this.title = title;
        }

        String title() {
            return title;
        }
    }

    /** Who is asked, and by which keys. */
    record Stage(int doorPort, int answersPort, EventStore store, AccessKeys keys) {}

    private final Stage stage;
    private final Connection door;
    private final Connection answers;
    private final SplittableRandom ids;
    private final String question;
    private final List<PositionVector> accepted = new ArrayList<>();
    private long notExact;

    Prober(Stage stage, long seed, InstantSource clock) {
        this.stage = stage;
        this.door = new Connection(stage.doorPort());
        this.answers = new Connection(stage.answersPort());
        this.ids = new SplittableRandom(seed);
        Instant today = clock.instant().truncatedTo(ChronoUnit.DAYS);
        this.question = Question.countsOf(EVENT_TYPE, today, today.plus(RANGE_DAYS, ChronoUnit.DAYS));
    }

    /** Sends an event. {@return nanoseconds from its acceptance until it was seen} */
    long nanos(Way way) throws IOException, MeasurementException, InterruptedException {
        UUID id = new UUID(ids.nextLong(), ids.nextLong());
        PositionVector position = send(id);
        long startNanos = System.nanoTime();
        switch (way) {
            case STORED -> awaitRow(id);
            case ASKING -> awaitAnswer(position);
            case AFTER -> {
                if (!isSeen(question + "&after=" + position.toToken(), position)) {
                    throw new MeasurementException("an answer does not cover the position that it was asked for");
                }
            }
        }
        return System.nanoTime() - startNanos;
    }

    /** Answers with the event that do not claim to be exact. */
    long notExact() {
        return notExact;
    }

    @Override
    public void close() throws IOException {
        try (door;
                answers) {
            // Nothing is on its way.
        }
    }

    private PositionVector send(UUID id) throws IOException, MeasurementException {
        Reply reply = door.exchange(Request.post(
                "/v1/events",
                stage.keys().ingest(),
                "{\"event_id\":\"%s\",\"event_type\":\"%s\"}".formatted(id, EVENT_TYPE)));
        if (reply.status() != ACCEPTED) {
            throw new MeasurementException("the door answered " + reply.status() + ": " + reply.text());
        }
        PositionVector position = PositionVector.parse(
                JsonMapper.shared().readTree(reply.text()).path("position").asString());
        accepted.add(position);
        return position;
    }

    private void awaitAnswer(PositionVector position) throws IOException, MeasurementException, InterruptedException {
        long startNanos = System.nanoTime();
        while (!isSeen(question, position)) {
            requirePatience(startNanos);
            TimeUnit.MILLISECONDS.sleep(1);
        }
    }

    private void awaitRow(UUID id) throws IOException, MeasurementException, InterruptedException {
        String row = "SELECT count() FROM events WHERE tenant = '%s' AND event_type = '%s' AND event_id = '%s'"
                .formatted(DemoLog.TENANT.name(), EVENT_TYPE, id);
        long startNanos = System.nanoTime();
        while (stage.store().number(row) == 0) {
            requirePatience(startNanos);
            TimeUnit.MILLISECONDS.sleep(5);
        }
    }

    /** Whether an answer covers the position; then it has been held against all that it covers. */
    private boolean isSeen(String target, PositionVector position) throws IOException, MeasurementException {
        Reply reply = answers.exchange(Request.get(target, stage.keys().query()));
        if (!reply.isOk()) {
            throw new MeasurementException("the analytics-service answered " + reply.status() + ": " + reply.text());
        }
        Answer answer = Answer.parse(reply);
        if (!answer.position().covers(position)) {
            return false;
        }
        long covered = accepted.stream().filter(answer.position()::covers).count();
        if (!answer.exact()) {
            notExact++;
        } else if (answer.numbers().events() != covered) {
            throw new MeasurementException("an answer at " + answer.position() + " has "
                    + answer.numbers().events() + " events of " + covered + " accepted before that");
        }
        return true;
    }

    private static void requirePatience(long startNanos) throws MeasurementException {
        if (System.nanoTime() - startNanos > SEEN_WITHIN.toNanos()) {
            throw new MeasurementException("an accepted event is not to be seen after " + SEEN_WITHIN);
        }
    }
}
