package io.millrace.analytics.store;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ConnectionInitiationException;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.event.Amount;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.connection.ClickHouseStatement;
import io.millrace.log.LogPosition;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/**
 * The tables of ClickHouse, read only.
 *
 * <p>Asking again changes nothing. A question that is given up, by its caller or by a shutdown, is ended on the server
 * when the connection closes.
 */
public final class EventStore {
    private final ClickHouse clickHouse;
    private final StoreSettings settings;
    private final int totalsMax;
    private final StateQuery stateQuery;

    /**
     * The store behind a connection.
     *
     * @param totalsMax most totals of one result
     */
    public EventStore(ClickHouse clickHouse, StoreSettings settings, int totalsMax) {
        this.clickHouse = clickHouse;
        this.settings = settings;
        this.totalsMax = totalsMax;
        this.stateQuery = new StateQuery(settings.executionMax().plus(settings.silenceMax()));
    }

    /** {@return the result; fails with a problem of {@link StoreProblem}} */
    public Mono<StoredResult> ask(Question question) {
        return clickHouse
                .call(client -> settled(client, question))
                // A connection of the pool may have died unnoticed, as all do when ClickHouse is started again.
                .retryWhen(Retry.max(1)
                        .filter(ConnectionInitiationException.class::isInstance)
                        .onRetryExhaustedThrow((_, last) -> last.failure()))
                .onErrorMap(StoreProblem::of);
    }

    /**
     * Reads S and the generation, then the rows, then the generation again. While days are being replaced this is
     * repeated, a bounded number of times, and then the result says that it is not settled.
     */
    private StoredResult settled(Client client, Question question) {
        StorageState before = stateQuery.read(client);
        for (int attempt = 1; ; attempt++) {
            StoredTable table = StoredTable.serving(question, before);
            Rows rows = read(client, QuestionSql.of(question, table));
            StorageState after = stateQuery.read(client);
            boolean settled = before.isSameStorageAs(after);
            if (settled || attempt == settings.attempts()) {
                return new StoredResult(
                        table, rows.totals, rows.highest, before, settled, table.isComplete(question, after));
            }
            LockSupport.parkNanos(settings.pause().toNanos());
            before = stateQuery.read(client);
        }
    }

    private Rows read(Client client, QuestionSql sql) {
        Rows rows = new Rows(totalsMax);
        new ClickHouseStatement(
                        UUID.randomUUID().toString(),
                        sql.text(),
                        sql.parameters(),
                        serverSettings(),
                        settings.executionMax().plus(settings.silenceMax()))
                .forEach(client, rows::add);
        return rows;
    }

    private Map<String, String> serverSettings() {
        return Map.of(
                // 2 forbids changes but not settings, and lets the server end the SELECT of a caller that is gone.
                "readonly", "2",
                "cancel_http_readonly_queries_on_client_close", "1",
                "max_execution_time", Double.toString(settings.executionMax().toMillis() / 1_000.0),
                "max_memory_usage", Long.toString(settings.memoryMax().toBytes()),
                // Rows with totals are counted one by one as they arrive; this keeps the server from making far more.
                "max_result_rows", Long.toString((long) totalsMax + LogPosition.PARTITIONS_MAX));
    }

    /** Takes the two kinds of rows apart. */
    private static final class Rows {
        private final int totalsMax;
        private final List<Total> totals = new ArrayList<>();
        private final SortedMap<LogPartition, Long> highest = new TreeMap<>();

        Rows(int totalsMax) {
            this.totalsMax = totalsMax;
        }

        void add(ClickHouseBinaryFormatReader row) {
            if (row.getInteger("is_position") == 1) {
                highest.put(
                        new LogPartition(Math.toIntExact(row.getLong("log_id")), row.getInteger("partition")),
                        row.getLong("highest_offset"));
                return;
            }
            if (totals.size() == totalsMax) {
                throw new AnswerSize(totalsMax).tooLarge();
            }
            totals.add(new Total(row.getString("event_type"), row.getLong("start"), measures(row)));
        }

        private static Measures measures(ClickHouseBinaryFormatReader row) {
            long events = row.getLong("total_events");
            long amountEvents = row.getLong("total_amount_events");
            return amountEvents == 0
                    ? Measures.withoutAmounts(events)
                    : new Measures(
                            events,
                            amountEvents,
                            micros(row, "total_amount"),
                            micros(row, "least_amount").longValueExact(),
                            micros(row, "largest_amount").longValueExact());
        }

        private static BigInteger micros(ClickHouseBinaryFormatReader row, String column) {
            return row.getBigDecimal(column).setScale(Amount.SCALE).unscaledValue();
        }
    }
}
