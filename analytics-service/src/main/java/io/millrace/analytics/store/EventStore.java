package io.millrace.analytics.store;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ConnectionInitiationException;
import io.millrace.analytics.question.Question;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.connection.ClickHouseStatement;
import io.millrace.kit.installation.UniqueHashKeys;
import io.millrace.log.LogPosition;
import java.util.Map;
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
    private final UniqueHashKeys keys;
    private final int totalsMax;
    private final StateQuery stateQuery;
    private final TenantTurns turns;

    /**
     * The store behind a connection.
     *
     * @param totalsMax most totals of one result
     */
    public EventStore(
            ClickHouse clickHouse, StoreSettings settings, TenantSettings tenants, UniqueHashKeys keys, int totalsMax) {
        this.clickHouse = clickHouse;
        this.settings = settings;
        this.keys = keys;
        this.totalsMax = totalsMax;
        this.turns = new TenantTurns(tenants);
        this.stateQuery = new StateQuery(settings.executionMax().plus(settings.silenceMax()));
    }

    /** {@return the result; fails with a problem of {@link StoreProblem}} */
    public Mono<StoredResult> ask(Question question) {
        Mono<StoredResult> reading = clickHouse
                .call(client -> settled(client, question))
                // A connection of the pool may have died unnoticed, as all do when ClickHouse is started again.
                .retryWhen(Retry.max(1)
                        .filter(ConnectionInitiationException.class::isInstance)
                        .onRetryExhaustedThrow((_, last) -> last.failure()));
        // Before the turn, as nobody has to wait for being refused. StateWatch finds out when ClickHouse is back.
        return clickHouse
                .breaker()
                .whileClosed(turns.inTurn(question.tenant(), reading))
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
            StoredRows rows = read(client, question, table);
            StorageState after = stateQuery.read(client);
            boolean settled = before.isSameStorageAs(after);
            if (settled || attempt == settings.attempts()) {
                return new StoredResult(
                        table,
                        rows.totals(),
                        rows.all(),
                        rows.highest(),
                        before,
                        settled,
                        table.isComplete(question, after));
            }
            LockSupport.parkNanos(settings.pause().toNanos());
            before = stateQuery.read(client);
        }
    }

    private StoredRows read(Client client, Question question, StoredTable table) {
        QuestionSql sql = QuestionSql.of(question, table, keys);
        StoredRows rows = new StoredRows(totalsMax, settings.usersMax().toBytes());
        new ClickHouseStatement(
                        UUID.randomUUID().toString(),
                        sql.text(),
                        sql.parameters(),
                        serverSettings(),
                        settings.executionMax().plus(settings.silenceMax()))
                .forEach(client, row -> rows.add(row, question.countsUsers()));
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
}
