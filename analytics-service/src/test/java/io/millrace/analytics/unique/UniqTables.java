package io.millrace.analytics.unique;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import io.millrace.address.ServerUrl;
import io.millrace.kit.connection.ClickHouseStatement;
import io.millrace.localstack.LocalStack;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.List;
import java.util.function.Function;

/** The real ClickHouse, to count the same users as the code under test. */
final class UniqTables implements AutoCloseable {
    private static final Duration TIMEOUT = Duration.ofMinutes(1);

    private final Client client;

    UniqTables(LocalStack stack) {
        ServerUrl url = ServerUrl.parse(stack.clickHouse().url());
        this.client = new Client.Builder()
                .addEndpoint("http://" + url.host() + ":" + url.port())
                .setUsername(url.user())
                .setPassword(url.password())
                .setDefaultDatabase(url.database())
                .setMaxRetries(0)
                .build();
    }

    void run(String sql) {
        ClickHouseStatement.of(sql, TIMEOUT).run(client);
    }

    <T> List<T> rows(String sql, Function<ClickHouseBinaryFormatReader, T> row) {
        return ClickHouseStatement.of(sql, TIMEOUT).rows(client, row);
    }

    /** The one number that a statement answers under the name {@code answer}. */
    long number(String sql) {
        return rows(sql, row -> row.getBigInteger("answer").longValueExact()).getFirst();
    }

    /** The states that a statement answers as Base64 under the name {@code state}. */
    List<UniqState> states(String sql) {
        return rows(sql, row -> UniqState.ofBase64(row.getString("state")));
    }

    void insertRowBinary(String table, byte[] rows) {
        client.insert(
                        table,
                        new ByteArrayInputStream(rows),
                        ClickHouseFormat.RowBinary,
                        new InsertSettings().serverSetting("async_insert", "0"))
                .join();
    }

    @Override
    public void close() {
        client.close();
    }
}
