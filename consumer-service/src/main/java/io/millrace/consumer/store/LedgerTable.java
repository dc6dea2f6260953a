package io.millrace.consumer.store;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.millrace.consumer.block.NativeBlock;
import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.RangeCutter;
import io.millrace.kit.eventlog.LedgerPast;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** The table {@code ledger}: the authority on how far each partition is stored. */
public final class LedgerTable {
    private static final String LAST = """
            SELECT toString(kind) AS kind, toInt64(start_offset) AS start_offset, toInt64(end_offset) AS end_offset,
                   toInt64(stored) AS stored, toInt64(duplicates) AS duplicates,
                   toInt64(dead_lettered) AS dead_lettered, toInt64(skipped) AS skipped,
                   toUnixTimestamp64Milli(received_from) AS received_from,
                   toUnixTimestamp64Milli(received_to) AS received_to, leader_epoch
            FROM ledger FINAL
            WHERE log_id = {log:UInt32} AND partition = {partition:UInt16} AND kind IN ('opened', 'stored', 'lost')
            ORDER BY ledger.end_offset DESC, ledger.start_offset DESC
            LIMIT 1""";

    private static final LedgerEntry.Counts NOTHING = new LedgerEntry.Counts(0, 0, 0, 0);

    private final Statements statements;

    LedgerTable(Statements statements) {
        this.statements = statements;
    }

    /**
     * Where a ledger ends.
     *
     * @param last the range that ends there; empty when the ledger was only opened, or what ends there was lost
     */
    public record End(RangeCutter.Start start, Optional<LedgerEntry> last) {}

    /** Where the partition is to be read from; empty when its ledger was never opened. */
    public Optional<End> end(LogPartition partition) {
        return statements
                .rows(
                        LAST,
                        Map.of("log", partition.logId(), "partition", partition.partition()),
                        row -> end(partition, row))
                .stream()
                .findFirst();
    }

    private static End end(LogPartition partition, ClickHouseBinaryFormatReader row) {
        return new End(
                new RangeCutter.Start(
                        row.getLong("end_offset"),
                        Instant.ofEpochMilli(row.getLong("received_to")),
                        row.getInteger("leader_epoch")),
                row.getString("kind").equals("stored") ? Optional.of(entry(partition, row)) : Optional.empty());
    }

    /** What the ledger knows of offsets that the log does not have any more, those below the given one. */
    public LedgerPast past(LogPartition partition, long below) {
        return statements.ask(client ->
                LedgerPast.read(client, partition.logId(), partition.partition(), below, Statements.RUN_TIMEOUT));
    }

    private static LedgerEntry entry(LogPartition partition, ClickHouseBinaryFormatReader row) {
        return new LedgerEntry(
                partition,
                row.getLong("start_offset"),
                row.getLong("end_offset"),
                new LedgerEntry.Counts(
                        row.getLong("stored"),
                        row.getLong("duplicates"),
                        row.getLong("dead_lettered"),
                        row.getLong("skipped")),
                Instant.ofEpochMilli(row.getLong("received_from")),
                Instant.ofEpochMilli(row.getLong("received_to")),
                row.getInteger("leader_epoch"));
    }

    /**
     * Writes the row of a range. Written again, it replaces itself.
     *
     * @param asked the server that took the rows, and its clock then
     */
    void append(LedgerEntry entry, ServerMoment asked, Instant deadline) {
        append("stored", entry, entry.counts(), asked, deadline);
    }

    /**
     * Writes that the log lost offsets unread. They are accounted for by nothing, and lie on the last day of receipt.
     *
     * @param from where the ledger ends
     * @param end where the log goes on
     */
    void appendLost(LogPartition partition, RangeCutter.Start from, long end, ServerMoment asked, Instant deadline) {
        LedgerEntry gone = new LedgerEntry(
                partition,
                from.nextOffset(),
                end,
                new LedgerEntry.Counts(0, 0, 0, end - from.nextOffset()),
                from.lastReceived(),
                from.lastReceived(),
                from.leaderEpoch());
        append("lost", gone, NOTHING, asked, deadline);
    }

    private void append(
            String kind, LedgerEntry entry, LedgerEntry.Counts counts, ServerMoment asked, Instant deadline) {
        NativeBlock block = new NativeBlock();
        block.ints("log_id", "UInt32").add(entry.partition().logId());
        block.shorts("partition", "UInt16").add(entry.partition().partition());
        block.texts("kind").add(kind);
        block.longs("start_offset", "UInt64").add(entry.startOffset());
        block.longs("end_offset", "UInt64").add(entry.endOffset());
        block.shorts("received_day", "Date").add(entry.receivedDay().toEpochDay());
        block.longs("stored", "UInt64").add(counts.stored());
        block.longs("duplicates", "UInt64").add(counts.duplicates());
        block.longs("dead_lettered", "UInt64").add(counts.deadLettered());
        block.longs("skipped", "UInt64").add(counts.skipped());
        block.longs("received_from", "DateTime64(3, 'UTC')")
                .add(entry.receivedFrom().toEpochMilli());
        block.longs("received_to", "DateTime64(3, 'UTC')")
                .add(entry.receivedTo().toEpochMilli());
        block.ints("leader_epoch", "Int32").add(entry.leaderEpoch());
        block.ints("server_started_at", "DateTime('UTC')").add(asked.startedAt().getEpochSecond());
        block.longs("recorded_at", "DateTime64(3, 'UTC')").add(asked.now().toEpochMilli());
        block.endRow();
        statements.insert("ledger", block, deadline, InsertTerms.replacing(QueryIds.next(entry + "-ledger")));
    }
}
