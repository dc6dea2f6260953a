package io.millrace.kit.eventlog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.kit.eventlog.SchemaVersion.Run;
import io.millrace.log.LogTerms;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartitionInfo;
import org.apache.kafka.common.Uuid;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

class StartChecksTest {
    private static final Uuid TOPIC_ID = new Uuid(1, 2);
    private static final SchemaVersion NEEDED = SchemaVersion.of("PostgreSQL", "db/postgresql");

    @Test
    void logIsTheRegisteredOneOfTheTopicAsItIs() {
        EventLog log = EventLogCheck.fit("t", topic(12), List.of(terms(3, 6), terms(4, 12)));
        assertThat(log).isEqualTo(new EventLog("t", TOPIC_ID, terms(4, 12)));
    }

    @Test
    void recreatedTopicIsRefused() {
        assertThatThrownBy(() -> EventLogCheck.fit("t", topic(12), List.of()))
                .isInstanceOfSatisfying(StartRefused.class, refused -> {
                    assertThat(refused.why()).contains(TOPIC_ID.toString(), "made anew");
                    assertThat(refused.remedy()).contains("`migrate`");
                });
    }

    @Test
    void repartitionedTopicIsRefused() {
        assertThatThrownBy(() -> EventLogCheck.fit("t", topic(13), List.of(terms(3, 12))))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.why()).contains("has 13 partitions", "registered with 12"));
    }

    @Test
    void schemaMustBeAtLeastWhatTheReleaseBrings() {
        NEEDED.check(List.of(new Run("1", true), new Run("1000", true)));
        assertThatThrownBy(() -> NEEDED.check(List.of(new Run("0", true))))
                .isInstanceOfSatisfying(StartRefused.class, refused -> {
                    assertThat(refused.why()).contains("PostgreSQL is at version 0, this release needs version ");
                    assertThat(refused.remedy()).contains("`migrate`");
                });
        assertThatThrownBy(() -> NEEDED.check(List.of())).isInstanceOf(StartRefused.class);
    }

    @Test
    void failedMigrationIsRefusedHoweverNewTheRest() {
        assertThatThrownBy(() -> NEEDED.check(List.of(new Run("1000", true), new Run("1", false))))
                .isInstanceOfSatisfying(
                        StartRefused.class, refused -> assertThat(refused.why()).contains("failed"));
    }

    @Test
    void serverThatComesInTimeIsWaitedFor() {
        AtomicInteger asked = new AtomicInteger();
        Mono<String> question = Mono.fromCallable(() -> {
            if (asked.incrementAndGet() == 1) {
                throw new java.io.IOException("connection refused");
            }
            return "here";
        });
        assertThat(new StartCheck(new StartSettings(Duration.ofSeconds(5))).await("It", question))
                .isEqualTo("here");
    }

    @Test
    void serverThatStaysAwayIsNamed() {
        StartCheck check = new StartCheck(new StartSettings(Duration.ZERO));
        assertThatThrownBy(() -> check.await("Kafka", Mono.error(new java.io.IOException("connection refused"))))
                .isInstanceOfSatisfying(
                        StartRefused.class,
                        refused -> assertThat(refused.why()).contains("Kafka", "connection refused"));
    }

    @Test
    void whatDoesNotFitIsNotAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        Mono<String> question = Mono.fromCallable(() -> {
            asked.incrementAndGet();
            throw new StartRefused("no", "mend it");
        });
        StartCheck check = new StartCheck(new StartSettings(Duration.ofMinutes(1)));
        assertThatThrownBy(() -> check.await("It", question)).isInstanceOf(StartRefused.class);
        assertThat(asked).hasValue(1);
    }

    @Test
    void defaultsArePinned() {
        assertThat(new org.springframework.boot.context.properties.bind.Binder(
                                new org.springframework.boot.context.properties.source.MapConfigurationPropertySource())
                        .bindOrCreate("millrace.start", StartSettings.class))
                .isEqualTo(new StartSettings(Duration.ofSeconds(30)));
    }

    private static TopicDescription topic(int partitions) {
        List<TopicPartitionInfo> all = IntStream.range(0, partitions)
                .mapToObj(i -> new TopicPartitionInfo(i, null, Collections.emptyList(), Collections.emptyList()))
                .toList();
        return new TopicDescription("t", false, all, java.util.Set.of(), TOPIC_ID);
    }

    private static LogTerms terms(int logId, int partitions) {
        return new LogTerms(logId, partitions, 1_000, Duration.ofHours(1), Duration.ofHours(1));
    }
}
