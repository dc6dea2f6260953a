package io.millrace.analytics;

import com.clickhouse.client.api.Client;
import com.clickhouse.client.api.insert.InsertSettings;
import com.clickhouse.data.ClickHouseFormat;
import io.millrace.address.ServerUrl;
import io.millrace.localstack.LocalStack;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import tools.jackson.databind.json.JsonMapper;

/** Writes what consumer and retention write, straight into ClickHouse. */
final class EventTables {
    private final ServerUrl url;

    EventTables(LocalStack stack) {
        this.url = ServerUrl.parse(stack.clickHouse().url());
    }

    /** A new one each time: those of a pool would be dead after the server was. */
    private Client client() {
        return new Client.Builder()
                .addEndpoint("http://" + url.host() + ":" + url.port())
                .setUsername(url.user())
                .setPassword(url.password())
                .setDefaultDatabase(url.database())
                .setMaxRetries(0)
                .build();
    }

    void insert(List<StoredEvent> events) {
        String rows = events.stream()
                .map(event -> JsonMapper.shared().writeValueAsString(event.row()))
                .collect(Collectors.joining("\n"));
        try (Client client = client()) {
            client.insert(
                            "events_in",
                            new ByteArrayInputStream(rows.getBytes(StandardCharsets.UTF_8)),
                            ClickHouseFormat.JSONEachRow,
                            new InsertSettings().serverSetting("async_insert", "0"))
                    .join();
        }
    }

    void stored(int partition, long start, long end) {
        execute("""
                INSERT INTO ledger SELECT 1, %d, 'stored', %d, %d, today(), %d, 0, 0, 0, now64(3), now64(3), 0,
                    now() - uptime(), now64(3)""".formatted(partition, start, end, end - start));
    }

    void state(String name, long value) {
        execute("INSERT INTO storage_state VALUES ('%s', %d, now64(6))".formatted(name, value));
    }

    void execute(String sql) {
        try (Client client = client()) {
            client.execute(sql).join();
        }
    }
}
