package io.millrace.consumer.letters;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.millrace.kit.connection.ClickHouseStatement;
import io.millrace.log.LogPosition;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;

/** The table {@code dead_letters}, read. Blocks, so not for event loops; asking again is harmless. */
final class LetterTable {
    /** Bytes come as Base64, since the client takes every string for UTF-8. */
    private static final String COLUMNS = """
            log_id, partition, offset, toUnixTimestamp64Milli(received_at) AS received, tenant, reason, detail,
            base64Encode(key) AS key64, base64Encode(value) AS value64, value_absent,
            arrayStringConcat(arrayMap(h -> concat(base64Encode(h.1), ':', base64Encode(h.2)), headers), ',') AS headers64
            """;

    private final Client client;
    private final LettersSettings settings;
    private final String topic;

    LetterTable(Client client, LettersSettings settings, String topic) {
        this.client = client;
        this.settings = settings;
        this.topic = topic;
    }

    /**
     * The first letters that are meant, by position.
     *
     * @param limit of letters; fewer come when their bytes are many, but one if there is one
     */
    List<DeadLetter> page(LetterFilter filter, int limit) {
        return letters("""
                SELECT * EXCEPT bytes_before FROM (
                    SELECT %s,
                        sum(length(key) + length(value)) OVER (ORDER BY log_id, partition, offset
                            ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING) AS bytes_before
                    FROM (
                        SELECT * FROM dead_letters FINAL WHERE %s
                        ORDER BY log_id, partition, offset LIMIT {limit:UInt32}
                    )
                )
                WHERE bytes_before < {bytes:UInt64}
                ORDER BY log_id, partition, offset""".formatted(COLUMNS, filter.sql()), parameters(filter, limit));
    }

    /** {@return the positions of the first letters that are meant} */
    List<LogPosition> positions(LetterFilter filter, int limit) {
        return statement(
                        "SELECT log_id, partition, offset FROM dead_letters FINAL WHERE " + filter.sql()
                                + " ORDER BY log_id, partition, offset LIMIT {limit:UInt32}",
                        parameters(filter, limit))
                .rows(client, LetterTable::position);
    }

    /** {@return the letters at these positions, in order; where there is none, none} */
    List<DeadLetter> at(Collection<LogPosition> positions) {
        String listed = positions.stream()
                .map(position -> "(%d,%d,%d)".formatted(position.logId(), position.partition(), position.offset()))
                .collect(Collectors.joining(","));
        return letters(
                "SELECT " + COLUMNS + " FROM dead_letters FINAL WHERE (log_id, partition, offset) IN (" + listed
                        + ") ORDER BY log_id, partition, offset",
                Map.of());
    }

    Optional<DeadLetter> find(LogPosition position) {
        return at(List.of(position)).stream().findFirst();
    }

    /** {@return what the letters that are meant died of, the most frequent first} */
    List<ReasonCount> reasons(LetterFilter filter) {
        return statement("""
                SELECT reason, tenant, toInt64(count()) AS letters,
                    toUnixTimestamp64Milli(min(received_at)) AS first_seen,
                    toUnixTimestamp64Milli(max(received_at)) AS last_seen
                FROM dead_letters FINAL WHERE %s
                GROUP BY reason, tenant ORDER BY letters DESC, reason, tenant LIMIT {limit:UInt32}""".formatted(filter.sql()), parameters(filter, LettersSettings.LETTERS_MAX))
                .rows(
                        client,
                        row -> new ReasonCount(
                                row.getString("reason"),
                                row.getString("tenant"),
                                row.getLong("letters"),
                                Instant.ofEpochMilli(row.getLong("first_seen")),
                                Instant.ofEpochMilli(row.getLong("last_seen"))));
    }

    private Map<String, Object> parameters(LetterFilter filter, int limit) {
        Map<String, Object> parameters = filter.parameters();
        parameters.put("limit", limit);
        parameters.put("bytes", settings.pageBytesMax().toBytes());
        return parameters;
    }

    private List<DeadLetter> letters(String sql, Map<String, Object> parameters) {
        return statement(sql, parameters).rows(client, this::letter);
    }

    private ClickHouseStatement statement(String sql, Map<String, Object> parameters) {
        return new ClickHouseStatement(UUID.randomUUID().toString(), sql, parameters, Map.of(), settings.readTimeout());
    }

    private DeadLetter letter(ClickHouseBinaryFormatReader row) {
        LogPosition position = position(row);
        byte[] value = bytes(row.getString("value64"));
        ConsumerRecord<byte[], byte[]> record = new ConsumerRecord<>(
                topic,
                position.partition(),
                position.offset(),
                row.getLong("received"),
                TimestampType.LOG_APPEND_TIME,
                ConsumerRecord.NULL_SIZE,
                ConsumerRecord.NULL_SIZE,
                bytes(row.getString("key64")),
                row.getBoolean("value_absent") ? null : value,
                headers(row.getString("headers64")),
                Optional.empty());
        return new DeadLetter(
                position, row.getString("tenant"), row.getString("reason"), row.getString("detail"), record);
    }

    private static Headers headers(String text) {
        Headers headers = new RecordHeaders();
        if (!text.isEmpty()) {
            for (String header : text.split(",", -1)) {
                int colon = header.indexOf(':');
                headers.add(
                        new String(bytes(header.substring(0, colon)), StandardCharsets.UTF_8),
                        bytes(header.substring(colon + 1)));
            }
        }
        return headers;
    }

    private static byte[] bytes(String base64) {
        return Base64.getDecoder().decode(base64);
    }

    private static LogPosition position(ClickHouseBinaryFormatReader row) {
        return new LogPosition(row.getInteger("log_id"), row.getInteger("partition"), row.getLong("offset"));
    }
}
