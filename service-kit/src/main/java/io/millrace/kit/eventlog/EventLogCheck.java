package io.millrace.kit.eventlog;

import io.millrace.log.LogTerms;
import io.r2dbc.spi.R2dbcBadGrammarException;
import io.r2dbc.spi.Readable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.springframework.dao.DataAccessException;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Asks Kafka which incarnation of the topic it has, and PostgreSQL for that incarnation's log. Offsets mean nothing
 * without it, so whatever does not fit is refused. Changes nothing.
 */
final class EventLogCheck {
    private final DatabaseClient postgres;
    private final Admin kafka;

    EventLogCheck(DatabaseClient postgres, Admin kafka) {
        this.postgres = postgres;
        this.kafka = kafka;
    }

    /** Ends with {@link StartRefused} unless the control database has the schema that is needed. */
    Mono<Boolean> schema(SchemaVersion needed) {
        return postgres.sql(SchemaVersion.history())
                .map(row -> new SchemaVersion.Run(
                        column(row, "version", String.class), column(row, "success", Boolean.class)))
                .all()
                .collectList()
                .onErrorMap(EventLogCheck::tableIsMissing, _ -> needed.behind("was never migrated"))
                .map(runs -> {
                    needed.check(runs);
                    return true;
                });
    }

    /** {@return the log of the topic as it is now; ends with {@link StartRefused} when there is none} */
    Mono<EventLog> log(String topic) {
        return describe(topic)
                .flatMap(described -> postgres.sql("""
                        SELECT log_id, partitions, duplicate_window_offsets, duplicate_window_time_seconds,
                               timestamp_skew_max_seconds
                        FROM logs WHERE topic = :topic AND topic_id = :topic_id""")
                        .bind("topic", topic)
                        .bind("topic_id", described.topicId().toString())
                        .map(EventLogCheck::terms)
                        .all()
                        .collectList()
                        .map(known -> fit(topic, described, known)));
    }

    /** The row of {@code logs} that the topic as it is belongs to. */
    static EventLog fit(String topic, TopicDescription described, List<LogTerms> known) {
        Uuid id = described.topicId();
        int partitions = described.partitions().size();
        if (known.isEmpty()) {
            throw new StartRefused(
                    "the topic " + topic + " has the id " + id + ", which no log is registered for: it was made anew",
                    "If that was meant, run `migrate`: it opens a new log. Else bring the old topic back");
        }
        return known.stream()
                .filter(terms -> terms.partitions() == partitions)
                .findFirst()
                .map(terms -> new EventLog(topic, id, terms))
                .orElseThrow(
                        () -> new StartRefused(
                                "the topic " + topic + " has " + partitions
                                        + " partitions, its log was registered with "
                                        + known.getFirst().partitions(),
                                "If that was meant, run `migrate`: it opens a new log. A topic's partitions cannot be taken back"));
    }

    private Mono<TopicDescription> describe(String topic) {
        return Mono.fromCompletionStage(() ->
                        kafka.describeTopics(List.of(topic)).allTopicNames().toCompletionStage())
                .map((Map<String, TopicDescription> all) -> Objects.requireNonNull(all.get(topic)))
                .onErrorMap(
                        UnknownTopicOrPartitionException.class,
                        _ -> new StartRefused("Kafka has no topic " + topic, "Run `migrate`: it makes the topic"));
    }

    private static LogTerms terms(Readable row) {
        return new LogTerms(
                column(row, "log_id", Integer.class),
                column(row, "partitions", Integer.class),
                column(row, "duplicate_window_offsets", Long.class),
                Duration.ofSeconds(column(row, "duplicate_window_time_seconds", Long.class)),
                Duration.ofSeconds(column(row, "timestamp_skew_max_seconds", Long.class)));
    }

    private static <T> T column(Readable row, String name, Class<T> type) {
        return Objects.requireNonNull(row.get(name, type), name);
    }

    private static boolean tableIsMissing(Throwable error) {
        Throwable cause = error instanceof DataAccessException ? error.getCause() : error;
        return cause instanceof R2dbcBadGrammarException bad && "42P01".equals(bad.getSqlState());
    }
}
