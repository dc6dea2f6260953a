package io.millrace.kit.connection;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientException;
import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import com.clickhouse.client.api.query.QueryResponse;
import com.clickhouse.client.api.query.QuerySettings;
import com.clickhouse.data.ClickHouseFormat;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A statement for ClickHouse with everything that goes with it, to be run on a thread that may block.
 *
 * <p>It either succeeds as a whole or throws {@link com.clickhouse.client.api.ClickHouseException}: the server holds
 * its answer back until it is complete, so a failure half-way is not taken for a short result. Of a server it is sent once; but
 * when a proxy answers 429 or 503, the HTTP client beneath the ClickHouse client sends it once more, a second later and
 * under the same query id, and has no switch for that. Whether a statement that changes something and failed has done its
 * work, its caller has to find out.
 *
 * @param queryId how the server's log and {@code KILL QUERY} know it; must not be that of a running statement
 * @param sql the text, with places for parameters such as {@code {tenant:String}}
 * @param parameters by name; never part of the text
 * @param settings of the server, for this statement
 * @param timeout between two bytes from the server
 */
public record ClickHouseStatement(
        String queryId, String sql, Map<String, Object> parameters, Map<String, String> settings, Duration timeout) {

    public ClickHouseStatement {
        parameters = Map.copyOf(parameters);
        settings = Map.copyOf(settings);
    }

    /** A statement with neither parameters nor settings, under a query id of its own. */
    public static ClickHouseStatement of(String sql, Duration timeout) {
        return new ClickHouseStatement(UUID.randomUUID().toString(), sql, Map.of(), Map.of(), timeout);
    }

    /** The same with a parameter more. */
    public ClickHouseStatement with(String parameter, Object value) {
        Map<String, Object> more = new HashMap<>(parameters);
        more.put(parameter, value);
        return new ClickHouseStatement(queryId, sql, more, settings, timeout);
    }

    /**
     * Runs it and hands on its result row by row.
     *
     * @param row looks at the row the reader stands on; it must not move the reader
     */
    public void forEach(Client client, Consumer<ClickHouseBinaryFormatReader> row) {
        QueryResponse response = client.query(sql, parameters, querySettings()).join();
        try {
            ClickHouseBinaryFormatReader reader = client.newBinaryFormatReader(response);
            // Every result has columns, though it may have no rows. A server that is ending may send nothing at all, of
            // which the client's reader makes no schema.
            if (reader.getSchema() == null) {
                throw new ClientException("an answer without columns: it is not whole");
            }
            while (reader.hasNext()) {
                reader.next();
                row.accept(reader);
            }
        } finally {
            close(response);
        }
    }

    /**
     * Runs it and reads its whole result.
     *
     * @param row as in {@link #forEach}, making a value of the row
     */
    public <T> List<T> rows(Client client, Function<ClickHouseBinaryFormatReader, T> row) {
        List<T> rows = new ArrayList<>();
        forEach(client, reader -> rows.add(row.apply(reader)));
        return rows;
    }

    /**
     * Runs it and reads the one row that its result has, such as an aggregate's.
     *
     * @param row as in {@link #rows}
     * @throws ClientException when there is not one row: the answer of a server that is ending may not be whole
     */
    public <T> T row(Client client, Function<ClickHouseBinaryFormatReader, T> row) {
        List<T> rows = rows(client, row);
        if (rows.size() != 1) {
            throw new ClientException("an answer of " + rows.size() + " rows and not of one: it is not whole");
        }
        return rows.getFirst();
    }

    /** Runs it and waits until it is done. */
    public void run(Client client) {
        close(client.query(sql, parameters, querySettings()).join());
    }

    private QuerySettings querySettings() {
        QuerySettings query = new QuerySettings()
                .setQueryId(queryId)
                .setFormat(ClickHouseFormat.RowBinaryWithNamesAndTypes)
                .waitEndOfQuery(true);
        settings.forEach(query::serverSetting);
        query.setNetworkTimeout(timeout.toMillis(), ChronoUnit.MILLIS);
        return query;
    }

    /** The client declares {@code Exception} and throws its own unchecked ones. */
    private static void close(QueryResponse response) {
        try {
            response.close();
        } catch (RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IllegalStateException("ClickHouse's response could not be closed", e);
        }
    }
}
