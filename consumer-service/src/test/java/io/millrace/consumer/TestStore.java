package io.millrace.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.ClientFaultCause;
import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.address.ServerUrl;
import io.millrace.consumer.store.InsertBody;
import io.millrace.consumer.store.StoreAccess;
import io.millrace.kit.breaker.TestBreaker;
import io.millrace.kit.breaker.Verdict;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** ClickHouse, asked directly. */
public final class TestStore implements AutoCloseable {
    private final Client client;
    /** It repeats nothing by itself, as the services have it. */
    private final Client clientOfServices;

    public TestStore(String url) {
        client = builder(url).build();
        clientOfServices = builder(url)
                .setMaxRetries(0)
                .retryOnFailures(ClientFaultCause.None)
                .build();
    }

    private static Client.Builder builder(String url) {
        ServerUrl server = ServerUrl.parse(url);
        return new Client.Builder()
                .addEndpoint(server.scheme() + "://" + server.host() + ":" + server.port())
                .setUsername(server.user())
                .setPassword(server.password())
                .setDefaultDatabase(server.database());
    }

    /** The way of the services, with a breaker that takes every failure for an absence. */
    public StoreAccess access(InsertBody body) {
        return new StoreAccess(clientOfServices, body, TestBreaker.around("clickhouse", _ -> Verdict.AWAY));
    }

    public List<GenericRecord> rows(String sql) {
        return client.queryAll(sql);
    }

    public long number(String sql) {
        return rows("SELECT toInt64((" + sql + ")) AS number").getFirst().getLong("number");
    }

    public void run(String sql) throws Exception {
        client.query(sql).get().close();
    }

    /** Where each partition's ledger ends. */
    public Map<Integer, Long> ledgerEnds() {
        Map<Integer, Long> ends = new TreeMap<>();
        rows("SELECT partition, max(end_offset) AS next FROM ledger FINAL WHERE log_id = 1 GROUP BY partition")
                .forEach(row -> ends.put(row.getInteger("partition"), row.getLong("next")));
        return ends;
    }

    /** Every offset is in exactly one row of the ledger, and every row accounts for all of its own. */
    public void assertLedgerIsWhole() {
        Map<Integer, Long> next = new TreeMap<>();
        for (GenericRecord row :
                rows("SELECT * FROM ledger FINAL WHERE log_id = 1 ORDER BY partition, end_offset, start_offset")) {
            int partition = row.getInteger("partition");
            long start = row.getLong("start_offset");
            long end = row.getLong("end_offset");
            if (row.getString("kind").equals("opened")) {
                assertThat(next.put(partition, end)).isNull();
                continue;
            }
            assertThat(start).as("start of a range of partition %d", partition).isEqualTo(next.get(partition));
            assertThat(end - start)
                    .isEqualTo(row.getLong("stored")
                            + row.getLong("duplicates")
                            + row.getLong("dead_lettered")
                            + row.getLong("skipped"));
            next.put(partition, end);
        }
    }

    @Override
    public void close() {
        client.close();
        clientOfServices.close();
    }
}
