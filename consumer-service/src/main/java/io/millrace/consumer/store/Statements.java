package io.millrace.consumer.store;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.client.api.query.GenericRecord;
import com.clickhouse.data.ClickHouseFormat;
import io.millrace.consumer.block.NativeBlock;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/** Blocking calls to ClickHouse. What goes wrong there comes out as {@link OutsideTrouble}; nothing is repeated here. */
final class Statements {
    private final Client client;

    Statements(Client client) {
        this.client = client;
    }

    void insert(String table, NativeBlock block, InsertSettings settings) {
        call(() -> {
            client.insert(table, block.names(), block::writeTo, ClickHouseFormat.Native, settings)
                    .join()
                    .close();
            return table;
        });
    }

    /** The rows of a question whose parameters stand in it as {@code {name:Type}}. */
    List<GenericRecord> rows(String sql, Map<String, Object> parameters) {
        return call(() -> client.queryAll(sql, parameters));
    }

    private static <T> T call(Supplier<T> call) {
        try {
            return call.get();
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
        String code =
                root instanceof ServerException server ? "clickhouse_" + server.getCode() : "clickhouse_unreachable";
        return new OutsideTrouble(code, "ClickHouse: " + root, e);
    }
}
