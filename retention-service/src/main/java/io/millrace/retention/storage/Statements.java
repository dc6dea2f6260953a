package io.millrace.retention.storage;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.connection.ClickHouseStatement;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Blocking calls to ClickHouse, of which the breaker takes note. It keeps none from being made: there are few, and the
 * steps of a run must not fail for what others met with.
 */
final class Statements {
    private final ClickHouse clickHouse;

    Statements(ClickHouse clickHouse) {
        this.clickHouse = clickHouse;
    }

    <T> List<T> rows(ClickHouseStatement statement, Function<ClickHouseBinaryFormatReader, T> row) {
        return clickHouse.breaker().watch(() -> statement.rows(clickHouse.client(), row));
    }

    <T> T row(ClickHouseStatement statement, Function<ClickHouseBinaryFormatReader, T> row) {
        return clickHouse.breaker().watch(() -> statement.row(clickHouse.client(), row));
    }

    void forEach(ClickHouseStatement statement, Consumer<ClickHouseBinaryFormatReader> row) {
        clickHouse.breaker().watch(() -> {
            statement.forEach(clickHouse.client(), row);
            return statement;
        });
    }

    void run(ClickHouseStatement statement) {
        clickHouse.breaker().watch(() -> {
            statement.run(clickHouse.client());
            return statement;
        });
    }
}
