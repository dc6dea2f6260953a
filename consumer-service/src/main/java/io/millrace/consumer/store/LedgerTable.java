package io.millrace.consumer.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.consumer.block.NativeBlock;
import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.RangeCutter;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The table {@code ledger}: the authority on how far each partition is stored. */
public final class LedgerTable {
    private static final String END = """
            SELECT count() AS rows, toInt64(max(end_offset)) AS next_offset,
                   toUnixTimestamp64Milli(argMax(received_to, end_offset)) AS received_to,
                   argMax(leader_epoch, end_offset) AS leader_epoch
            FROM ledger FINAL
            WHERE log_id = {log:UInt32} AND partition = {partition:UInt16} AND kind IN ('opened', 'stored', 'lost')""";

    private final Statements statements;

    LedgerTable(Statements statements) {
        this.statements = statements;
    }

    /** Where the partition is to be read from; empty when its ledger was never opened. */
    public Optional<RangeCutter.Start> end(LogPartition partition) {
        GenericRecord row = statements
                .rows(END, Map.of("log", partition.logId(), "partition", partition.partition()))
                .getFirst();
        return row.getLong("rows") == 0
                ? Optional.empty()
                : Optional.of(new RangeCutter.Start(
                        row.getLong("next_offset"),
                        Instant.ofEpochMilli(row.getLong("received_to")),
                        row.getInteger("leader_epoch")));
    }

    /**
     * Writes the row of a range. Written again, it replaces itself.
     *
     * @param asked ClickHouse's clock before anything of the range was inserted: of two rows with one start the later
     *     counts, and an owner that was frozen meanwhile must not have the later one
     */
    void append(LedgerEntry entry, ServerMoment asked) {
        NativeBlock block = new NativeBlock();
        block.ints("log_id", "UInt32").add(entry.partition().logId());
        block.shorts("partition", "UInt16").add(entry.partition().partition());
        block.texts("kind").add("stored");
        block.longs("start_offset", "UInt64").add(entry.startOffset());
        block.longs("end_offset", "UInt64").add(entry.endOffset());
        block.shorts("received_day", "Date").add(entry.receivedDay().toEpochDay());
        block.longs("stored", "UInt64").add(entry.counts().stored());
        block.longs("duplicates", "UInt64").add(entry.counts().duplicates());
        block.longs("dead_lettered", "UInt64").add(entry.counts().deadLettered());
        block.longs("skipped", "UInt64").add(entry.counts().skipped());
        block.longs("received_from", "DateTime64(3, 'UTC')")
                .add(entry.receivedFrom().toEpochMilli());
        block.longs("received_to", "DateTime64(3, 'UTC')")
                .add(entry.receivedTo().toEpochMilli());
        block.ints("leader_epoch", "Int32").add(entry.leaderEpoch());
        block.ints("server_started_at", "DateTime('UTC')").add(asked.startedAt().getEpochSecond());
        block.longs("recorded_at", "DateTime64(3, 'UTC')").add(asked.now().toEpochMilli());
        block.endRow();
        statements.insert("ledger", block, InsertTerms.replacing(QueryIds.next(entry + "-ledger")));
    }
}
