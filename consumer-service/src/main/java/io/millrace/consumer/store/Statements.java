package io.millrace.consumer.store;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import io.millrace.consumer.block.NativeBlock;
import io.millrace.kit.breaker.Breaker;
import io.millrace.kit.connection.ClickHouseStatement;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletionException;
import java.util.function.Function;
import java.util.function.Supplier;
import org.apache.hc.client5.http.HttpHostConnectException;

/** Blocking calls to ClickHouse. What goes wrong there comes out as {@link OutsideTrouble}; nothing is repeated here. */
final class Statements {
    private static final String UNREACHABLE = "clickhouse_unreachable";

    /** "Query with id = … is already running": of this server, and sent before, as after a proxy's 503. */
    private static final int SAME_ID_IS_RUNNING = 216;

    /** Between two bytes of the answer, which for an insert of a whole range may be all of its time. */
    static final Duration RUN_TIMEOUT = Duration.ofMinutes(1);

    private final Client client;
    private final InsertBody body;
    private final Breaker breaker;

    Statements(StoreAccess access) {
        this.client = access.client();
        this.body = access.body();
        this.breaker = access.breaker();
    }

    /**
     * Inserts a block, which the server refuses with error 395 when it gets to it at the deadline or later.
     *
     * @param deadline in whole seconds of the server's clock
     */
    void insert(String table, NativeBlock block, Instant deadline, InsertSettings settings) {
        String columns = String.join(", ", block.names());
        String guarded = "%s (%s) SELECT %s FROM input('%s') WHERE %s"
                .formatted(
                        table, columns, columns, block.structure().replace("'", "\\'"), InsertTerms.inTime(deadline));
        call(() -> {
            client.insert(guarded, out -> body.write(block, out), ClickHouseFormat.Native, body.declaredIn(settings))
                    .join()
                    .close();
            return table;
        });
    }

    /** Runs a statement that has no rows to tell, and waits until it is done. */
    void run(String sql, String queryId, Map<String, String> settings) {
        call(() -> {
            new ClickHouseStatement(queryId, sql, Map.of(), settings, RUN_TIMEOUT).run(client);
            return sql;
        });
    }

    /** The rows of a question whose parameters stand in it as {@code {name:Type}}. */
    <T> List<T> rows(String sql, Map<String, Object> parameters, Function<ClickHouseBinaryFormatReader, T> row) {
        return call(() -> question(sql, parameters).rows(client, row));
    }

    /** The one row of a question that has one, such as an aggregate's. */
    <T> T row(String sql, Map<String, Object> parameters, Function<ClickHouseBinaryFormatReader, T> row) {
        return call(() -> question(sql, parameters).row(client, row));
    }

    private static ClickHouseStatement question(String sql, Map<String, Object> parameters) {
        return new ClickHouseStatement(UUID.randomUUID().toString(), sql, parameters, Map.of(), RUN_TIMEOUT);
    }

    /** What a question of another's comes to. */
    <T> T ask(Function<Client, T> question) {
        return call(() -> question.apply(client));
    }

    private <T> T call(Supplier<T> call) {
        try {
            return breaker.watch(call);
        } catch (CompletionException e) {
            if (e.getCause() instanceof ClickHouseException cause) {
                throw trouble(cause);
            }
            throw e;
        } catch (ClickHouseException e) {
            throw trouble(e);
        }
    }

    private static OutsideTrouble trouble(ClickHouseException e) {
        Throwable root = e;
        while (root.getCause() != null && !(root instanceof ServerException)) {
            root = root.getCause();
        }
        return switch (root) {
            // An error without a code of ClickHouse's is a proxy's, which may have handed the call on.
            case ServerException server
            when server.getCode() > 0 && server.getCode() != SAME_ID_IS_RUNNING ->
                OutsideTrouble.refused("clickhouse_" + server.getCode(), "ClickHouse: " + root, e);
            // Without a connection nothing was sent. Of a proxy's 502 and 503 the client makes a plain
            // ConnectException.
            case HttpHostConnectException _ -> OutsideTrouble.refused(UNREACHABLE, "ClickHouse: " + root, e);
            default -> new OutsideTrouble(UNREACHABLE, "ClickHouse: " + root, e);
        };
    }
}
