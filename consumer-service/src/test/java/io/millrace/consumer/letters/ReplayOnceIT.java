package io.millrace.consumer.letters;

import static io.millrace.consumer.letters.RunningWorkbench.named;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.millrace.consumer.TestLog;
import io.millrace.consumer.letters.RunningWorkbench.Answer;
import io.millrace.kit.ServiceProcess;
import io.millrace.kit.connection.KafkaSettings;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.log.LogPosition;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.spi.R2dbcException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.errors.ProducerFencedException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.r2dbc.core.DatabaseClient;

/** Replays that are repeated, raced, frozen and killed at every step: each letter counts once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReplayOnceIT {
    private static final String TRANSACTIONAL_ID = "millrace.events-dead-letter-replay";

    private static final String DUPLICATES = "SELECT sum(duplicates) FROM ledger FINAL WHERE log_id = 1";

    private final LocalStack stack = LocalStack.shared();
    private final RunningWorkbench workbench = new RunningWorkbench(stack);
    private final DatabaseClient postgres = workbench.consumer.bean(DatabaseClient.class);
    private long duplicates;

    @BeforeEach
    void countDuplicates() {
        workbench.awaitAllStored();
        duplicates = workbench.store.number(DUPLICATES);
    }

    /** A letter's second record would count once all the same, by its id; but there must not be one. */
    @AfterEach
    void noLetterIsInTheLogTwice() {
        workbench.awaitAllStored();
        assertThat(workbench.store.number(DUPLICATES)).isEqualTo(duplicates);
        postgres.sql("DELETE FROM dead_letter_replays WHERE state = 'claimed'")
                .then()
                .block();
        workbench.store.assertLedgerIsWhole();
    }

    @AfterAll
    void stop() {
        workbench.close();
    }

    /** Letters whose only fault is that nobody's name is on them. */
    private List<LogPosition> bury(String tenant, int count) throws Exception {
        workbench.makeTenant(tenant);
        return workbench.bury(IntStream.range(0, count)
                .mapToObj(i -> TestLog.raw(
                        i % TestLog.PARTITIONS,
                        null,
                        "{\"event_type\":\"a\"}".getBytes(UTF_8),
                        Map.of("content-type", "application/json")))
                .toList());
    }

    private Answer replay(String tenant, List<LogPosition> letters) {
        return workbench.replay("{'positions':%s,'mend':{'tenant':'%s'}}".formatted(named(letters), tenant));
    }

    /** A replay as it is in the middle of its work. */
    private final class HalfDone {
        private final ReplaySession session;
        private final ReplayLog log;
        private final LogPosition letter;
        private final ProducerRecord<byte[], byte[]> record;

        HalfDone(String tenant, LogPosition letter) {
            EventLog eventLog = workbench.consumer.bean(EventLog.class);
            this.letter = letter;
            this.session = openSession().orElseThrow();
            this.log = ReplayLog.open(
                    workbench.consumer.bean(KafkaSettings.class), workbench.consumer.bean(Admin.class), eventLog);
            DeadLetter found =
                    workbench.consumer.bean(LetterTable.class).find(letter).orElseThrow();
            Mending mending = new Mending(new io.millrace.log.Tenant(tenant), null, false);
            this.record = ((SecondReading.Result.AnEvent) new SecondReading(eventLog.topic(), eventLog.terms())
                            .of(found, mending, found.receivedAt()))
                    .record();
        }

        Set<LogPosition> claim() {
            return session.claim(List.of(new Claim(letter, log.end(record.partition()))));
        }

        LogPosition send() {
            return log.send(List.of(record)).getFirst();
        }

        /** What of it survives its process: what PostgreSQL and Kafka have. */
        void die() {
            session.close();
        }
    }

    private java.util.Optional<ReplaySession> openSession() {
        return ReplaySession.tryOpen(
                workbench.consumer.bean(ConnectionPool.class).unwrap());
    }

    @Test
    void replayThatDiedBeforeItSentAnythingIsDoneAnew() throws Exception {
        List<LogPosition> letters = bury("died-before", 1);
        HalfDone dead = new HalfDone("died-before", letters.getFirst());
        assertThat(dead.claim()).containsExactly(letters.getFirst());
        dead.die();
        assertThat(workbench.state(letters.getFirst())).isEqualTo("claimed");

        assertThat(replay("died-before", letters).outcomes()).containsExactly("replayed");
        assertThat(replay("died-before", letters).outcomes()).containsExactly("already_replayed");
        assertThat(workbench.counted("died-before")).isEqualTo(1);
    }

    @Test
    void replayThatDiedBeforeItNotedWhatItHadSentIsNotDoneAgain() throws Exception {
        List<LogPosition> letters = bury("died-after", 1);
        HalfDone dead = new HalfDone("died-after", letters.getFirst());
        dead.claim();
        LogPosition sent = dead.send();
        dead.die();

        Answer answer = replay("died-after", letters);
        assertThat(answer.outcomes()).containsExactly("already_replayed");
        assertThat(answer.body().path("letters").path(0).path("replayed_to").asString())
                .isEqualTo(sent.toString());
        assertThat(workbench.state(letters.getFirst())).isEqualTo("replayed");
        assertThat(workbench.counted("died-after")).isEqualTo(1);
    }

    @Test
    void replayThatDiedInItsTransactionIsDoneAnewAndItsCommitComesTooLate() throws Exception {
        List<LogPosition> letters = bury("died-within", 1);
        HalfDone dead = new HalfDone("died-within", letters.getFirst());
        dead.claim();
        try (KafkaProducer<byte[], byte[]> frozen = workbench.log.producer(
                Map.of("transactional.id", TRANSACTIONAL_ID, "transaction.timeout.ms", 10_000))) {
            frozen.initTransactions();
            frozen.beginTransaction();
            frozen.send(dead.record).get();
            dead.die();

            assertThat(replay("died-within", letters).outcomes()).containsExactly("replayed");
            assertThatThrownBy(frozen::commitTransaction).isInstanceOf(ProducerFencedException.class);
        }
        assertThat(workbench.counted("died-within")).isEqualTo(1);
    }

    @Test
    void replayThatWakesUpAfterAnotherCanNeitherSendNorNote() throws Exception {
        List<LogPosition> letters = bury("frozen", 2);
        HalfDone frozen = new HalfDone("frozen", letters.getFirst());
        frozen.claim();
        // What a host looks like to PostgreSQL that does not answer any more.
        long ended =
                number("SELECT count(pg_terminate_backend(pid)) FROM pg_locks WHERE locktype = 'advisory' AND objid = "
                        + (ReplaySession.KEY & 0xFFFF_FFFFL));
        assertThat(ended).isEqualTo(1);

        await().atMost(Duration.ofSeconds(10))
                .untilAsserted(
                        () -> assertThat(replay("frozen", letters).status()).isEqualTo(200));
        assertThat(replay("frozen", letters).outcomes()).containsExactly("already_replayed", "already_replayed");
        assertThatThrownBy(frozen::send).isInstanceOf(KafkaException.class);
        assertThatThrownBy(frozen::claim).isInstanceOf(R2dbcException.class);
        assertThat(workbench.counted("frozen")).isEqualTo(2);
        frozen.log.close();
    }

    @Test
    void onlyOneReplaysAtATime() throws Exception {
        List<LogPosition> letters = bury("one", 1);
        try (ReplaySession other = openSession().orElseThrow()) {
            assertThat(other.claimed(1)).isEmpty();
            Answer answer = replay("one", letters);
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.code()).isEqualTo("replay_in_progress");
            assertThat(answer.headers()).containsKey("retry-after");
        }
        assertThat(replay("one", letters).outcomes()).containsExactly("replayed");
        assertThat(workbench.counted("one")).isEqualTo(1);
    }

    @Test
    void lettersThatManyReplayAtOnceCountOnce() throws Exception {
        List<LogPosition> letters = bury("raced", 60);
        List<CompletableFuture<Answer>> askers = IntStream.range(0, 8)
                .mapToObj(_ -> CompletableFuture.supplyAsync(
                        () -> replay("raced", letters),
                        task -> Thread.ofVirtual().start(task)))
                .toList();
        List<Answer> answers = askers.stream().map(CompletableFuture::join).toList();
        assertThat(answers).extracting(Answer::status).isSubsetOf(200, 409).contains(200);
        assertThat(answers.stream()
                        .filter(answer -> answer.status() == 200)
                        .flatMap(answer -> answer.outcomes().stream())
                        .filter("replayed"::equals))
                .hasSize(60);
        assertThat(workbench.counted("raced")).isEqualTo(60);
    }

    @Test
    void whatTheLogCannotTellStaysUndecidedAndIsNotReplayed() throws Exception {
        List<LogPosition> letters = bury("untold", 3);
        try (ReplaySession gone = openSession().orElseThrow()) {
            gone.claim(List.of(
                    // To a log that is not this one, and to a place behind the end, as after a truncation.
                    new Claim(letters.get(0), new LogPosition(999, 0, 0)),
                    new Claim(letters.get(1), new LogPosition(1, 0, 1_000_000_000))));
        }
        assertThat(replay("untold", letters).outcomes()).containsExactly("undecided", "undecided", "replayed");
        assertThat(workbench.counted("untold")).isEqualTo(1);
    }

    @Test
    void oldClaimsThatCannotBeDecidedHoldUpNoOther() throws Exception {
        List<LogPosition> letters = bury("mixed", 2);
        HalfDone dead = new HalfDone("mixed", letters.getFirst());
        dead.claim();
        dead.session.claim(
                List.of(new Claim(letters.get(1), new LogPosition(1, dead.record.partition(), 1_000_000_000))));
        dead.send();
        dead.die();
        assertThat(replay("mixed", letters).outcomes()).containsExactly("already_replayed", "undecided");
        assertThat(workbench.counted("mixed")).isEqualTo(1);
    }

    @Test
    void killedProcessLeavesNothingThatCountsTwice() throws Exception {
        long seed = System.nanoTime();
        Random random = new Random(seed);
        List<LogPosition> letters = bury("killed", 600);
        long before = replayed();
        long reach = before + 20 + random.nextInt(200);
        // As short as brokers allow, so that its partitions are soon another's when it is killed.
        Map<String, String> settings = Map.of("MILLRACE_CONSUMER_SESSION_TIMEOUT", "6s");
        try (ServiceProcess process = ServiceProcess.start(
                "io.millrace.consumer.ConsumerService",
                Part.CONSUMER,
                stack,
                Path.of("target", "replay-once.log"),
                settings)) {
            CompletableFuture<HttpResponse<String>> asked = CompletableFuture.supplyAsync(
                    () -> process.send(
                            "POST",
                            RunningWorkbench.REPLAYS,
                            "{\"positions\":%s,\"mend\":{\"tenant\":\"killed\"}}"
                                    .formatted(named(letters).replace('\'', '"'))),
                    task -> Thread.ofVirtual().start(task));
            await().atMost(Duration.ofSeconds(60))
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> replayed() >= reach);
            process.kill();
            assertThat(asked.handle((_, failure) -> failure != null).join())
                    .as("the answer did not come any more, seed %d", seed)
                    .isTrue();
        }
        assertThat(replayed() - before).as("seed %d", seed).isLessThan(600);

        // PostgreSQL notices the dead session a moment later.
        await().atMost(Duration.ofSeconds(10))
                .until(() -> replay("killed", letters.subList(0, 1)).status() == 200);
        Answer answer = replay("killed", letters);
        assertThat(answer.status()).as("seed %d", seed).isEqualTo(200);
        assertThat(answer.outcomes().stream().collect(Collectors.groupingBy(one -> one, Collectors.counting())))
                .as("seed %d", seed)
                .containsOnlyKeys("replayed", "already_replayed");
        assertThat(workbench.counted("killed")).as("seed %d", seed).isEqualTo(600);
        assertThat(workbench.store.number("SELECT uniqExact(event_id) FROM events WHERE tenant = 'killed'"))
                .as("seed %d", seed)
                .isEqualTo(600);
    }

    private long replayed() {
        return number("SELECT count(*) FROM dead_letter_replays WHERE state = 'replayed'");
    }

    private long number(String sql) {
        return Objects.requireNonNull(postgres.sql(sql)
                .map(row -> Objects.requireNonNull(row.get(0, Long.class)))
                .one()
                .block());
    }
}
