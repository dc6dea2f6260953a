package io.millrace.kit.eventlog;

import com.clickhouse.client.api.ServerException;
import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.kit.connection.ClickHouse;
import java.util.List;
import reactor.core.publisher.Mono;

/** Proof that ClickHouse had the schema this release needs when the service started. */
final class ClickHouseSchema {
    /** ClickHouse's codes for a table and a database that do not exist. A user without any right to either gets another. */
    private static final List<Integer> MISSING = List.of(60, 81);

    private ClickHouseSchema() {}

    static ClickHouseSchema checked(ClickHouse clickHouse, StartCheck start) {
        SchemaVersion needed = SchemaVersion.of("ClickHouse", "db/clickhouse");
        Mono<List<GenericRecord>> runs = clickHouse.call(client -> client.queryAll(SchemaVersion.history()));
        return start.await(
                "ClickHouse",
                runs.onErrorMap(ClickHouseSchema::isMissing, _ -> needed.behind("was never migrated"))
                        .map(rows -> {
                            needed.check(
                                    rows.stream().map(ClickHouseSchema::run).toList());
                            return new ClickHouseSchema();
                        }));
    }

    private static SchemaVersion.Run run(GenericRecord row) {
        return new SchemaVersion.Run(row.getString("version"), row.getBoolean("success"));
    }

    private static boolean isMissing(Throwable error) {
        // The client wraps what the server said.
        for (Throwable cause = error; cause != null; cause = cause.getCause()) {
            if (cause instanceof ServerException e && MISSING.contains(e.getCode())) {
                return true;
            }
        }
        return false;
    }
}
