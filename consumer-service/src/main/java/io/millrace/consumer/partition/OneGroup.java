package io.millrace.consumer.partition;

import io.millrace.kit.eventlog.StartRefused;
import java.util.Objects;
import org.springframework.r2dbc.core.DatabaseClient;
import reactor.core.publisher.Mono;

/**
 * Holds that one consumer group stores a log: the first one that starts is recorded with it, and members of another are
 * refused. Kafka gives a partition to one member of a group at a time, but to one of every group.
 */
final class OneGroup {
    private final DatabaseClient postgres;
    private final int logId;

    OneGroup(DatabaseClient postgres, int logId) {
        this.postgres = postgres;
        this.logId = logId;
    }

    /** {@return the group, once it is the one recorded; ends with {@link StartRefused} when another is} */
    Mono<String> claim(String group) {
        return postgres.sql("""
                        UPDATE logs SET consumer_group = coalesce(consumer_group, :group)
                        WHERE log_id = :log_id RETURNING consumer_group""")
                .bind("group", group)
                .bind("log_id", logId)
                .map(row -> Objects.requireNonNull(row.get("consumer_group", String.class)))
                .one()
                .map(recorded -> admit(group, recorded));
    }

    private String admit(String group, String recorded) {
        if (!recorded.equals(group)) {
            throw new StartRefused(
                    "log " + logId + " is stored by the consumer group " + recorded + ", and this is a member of "
                            + group,
                    "Set MILLRACE_CONSUMER_GROUP to " + recorded + ". To change the group, stop all consumers and set"
                            + " logs.consumer_group in PostgreSQL; they go on from the ledger");
        }
        return group;
    }
}
