package io.millrace.retention.storage;

import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.connection.ClickHouseStatement;
import io.millrace.retention.policy.DataSet;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.UUID;

/**
 * The statements that change what ClickHouse holds. Blocks, so not for event loops.
 *
 * <p>Every one can be repeated, and repeating the steps of a drop from the first one on completes it, wherever they
 * broke off. Which of them was done when one fails is unknown until {@link #fence}: it may still be running.
 */
public final class StorageChanges {
    private static final String GENERATION = "generation";
    private static final String QUERY_ID_PREFIX = "millrace-retention-";

    private static final String VALUE = "SELECT value FROM storage_state FINAL WHERE name = {name:String}";

    /** The later row must win also when the clock went back. */
    private static final String SET = """
            INSERT INTO storage_state (name, value, changed_at)
            SELECT {name:String}, {value:Int64}, greatest(now64(6), addMicroseconds(max(changed_at), 1))
            FROM storage_state WHERE name = {name:String}
            """;

    /**
     * What is there already stays as it is: it was counted while the day was whole, and after a drop that broke off
     * half-way a new count would be short.
     */
    private static final String ACCOUNT = """
            INSERT INTO ledger (log_id, partition, kind, start_offset, end_offset, received_day, stored, duplicates,
                dead_lettered, skipped, received_from, received_to, leader_epoch, server_started_at, recorded_at)
            SELECT log_id, partition, 'expired', min(offset), max(offset) + 1, toDate({day:String}), count(), 0,
                0, 0, min(received_at), max(received_at), -1, now() - uptime(), now64(3)
            FROM events
            WHERE toDate(received_at) = toDate({day:String})
                AND (log_id, partition) NOT IN (
                    SELECT log_id, partition FROM ledger
                    WHERE kind = 'expired' AND received_day = toDate({day:String}))
            GROUP BY log_id, partition
            """;

    private static final String ACCOUNTED = """
            SELECT toInt64(sum(stored)) AS value FROM ledger FINAL
            WHERE kind = 'expired' AND received_day = toDate({day:String})
            """;

    private final Statements statements;
    private final Duration timeout;

    public StorageChanges(ClickHouse clickHouse, StorageSettings settings) {
        this.statements = new Statements(clickHouse);
        this.timeout = settings.changeTimeout();
    }

    /** {@return the generation: odd while days are being dropped} */
    public long generation() {
        return value(GENERATION);
    }

    /** From now on answers see that days are being dropped. Nothing when they do already. */
    public void openGeneration() {
        long now = generation();
        if (now % 2 == 0) {
            set(GENERATION, now + 1);
        }
    }

    /** From now on what is stored is whole again. Nothing when it is already. */
    public void closeGeneration() {
        long now = generation();
        if (now % 2 != 0) {
            set(GENERATION, now + 1);
        }
    }

    /** From now on events before this moment may be missing from a data set; a lower moment changes nothing. */
    public void raiseFloor(DataSet dataSet, Instant floor) {
        if (value(dataSet.floor()) < floor.toEpochMilli()) {
            set(dataSet.floor(), floor.toEpochMilli());
        }
    }

    /**
     * Writes into the ledger what a day of {@code events} holds, so that its sums stay true when it is gone.
     *
     * @return how many rows of the day the ledger accounts for now
     */
    public long accountForExpiry(LocalDate day) {
        statements.run(change(ACCOUNT).with("day", day.toString()));
        return statements.row(change(ACCOUNTED).with("day", day.toString()), row -> row.getLong("value"));
    }

    /** Drops a day. It is gone when this returns, and gone in one step for everyone who reads. */
    public void drop(DataSet dataSet, LocalDate day) {
        statements.run(change("ALTER TABLE " + dataSet.wire() + " DROP PARTITION {day:String}")
                .with("day", day.toString()));
    }

    /** Ends what runs still of an earlier run's statements, and waits until nothing of it does. */
    public void fence() {
        statements.run(ClickHouseStatement.of(
                "KILL QUERY WHERE startsWith(query_id, '" + QUERY_ID_PREFIX + "') SYNC", timeout));
    }

    private long value(String name) {
        return statements.rows(change(VALUE).with("name", name), row -> row.getLong("value")).stream()
                .findFirst()
                .orElse(0L);
    }

    private void set(String name, long value) {
        statements.run(change(SET).with("name", name).with("value", value));
    }

    private ClickHouseStatement change(String sql) {
        return new ClickHouseStatement(
                QUERY_ID_PREFIX + UUID.randomUUID(),
                sql,
                Map.of(),
                Map.of(
                        "max_execution_time",
                        Long.toString(timeout.toSeconds()),
                        // 50 GB by default, which guards against slips of the hand; a policy is none.
                        "max_partition_size_to_drop",
                        "0",
                        // One block, so that all rows of a day come into the ledger at once or not at all.
                        "max_insert_threads",
                        "1",
                        "min_insert_block_size_rows",
                        "1000000000",
                        "min_insert_block_size_bytes",
                        "0"),
                timeout);
    }
}
