package io.millrace.kit.eventlog;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.millrace.kit.connection.ClickHouseStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What the ledger knows of offsets that the log does not have any more. Whoever applies the duplicate rule has to know.
 *
 * @param openedAt where the ledger starts; nothing before that was ever an event of ours
 * @param receivedTo the latest LogAppendTime of those that are stored; empty when there are none. Of a lost event nothing
 *     is stored, so a further copy of it is the first that counts
 */
public record LedgerPast(long openedAt, Optional<Instant> receivedTo) {
    private static final String SQL = """
            SELECT toInt64(minIf(start_offset, kind = 'opened')) AS opened_at,
                   toInt64(countIf(kind = 'stored' AND start_offset < {below:UInt64})) AS ranges,
                   toUnixTimestamp64Milli(maxIf(received_to, kind = 'stored' AND start_offset < {below:UInt64})) AS received_to
            FROM ledger
            WHERE log_id = {log:UInt32} AND partition = {partition:UInt16} AND kind IN ('opened', 'stored')""";

    /**
     * Looks what was below an offset. Blocks.
     *
     * @throws com.clickhouse.client.api.ClickHouseException when it cannot be asked
     */
    public static LedgerPast read(Client client, int logId, int partition, long below, Duration timeout) {
        return ClickHouseStatement.of(SQL, timeout)
                .with("log", logId)
                .with("partition", partition)
                .with("below", below)
                .row(client, LedgerPast::of);
    }

    private static LedgerPast of(ClickHouseBinaryFormatReader row) {
        return new LedgerPast(
                row.getLong("opened_at"),
                row.getLong("ranges") == 0
                        ? Optional.empty()
                        : Optional.of(Instant.ofEpochMilli(row.getLong("received_to"))));
    }
}
