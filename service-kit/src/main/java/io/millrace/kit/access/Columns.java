package io.millrace.kit.access;

import io.r2dbc.spi.Readable;

/** Columns that the schema declares NOT NULL. */
final class Columns {
    private Columns() {}

    static <T> T required(Readable row, String column, Class<T> type) {
        T value = row.get(column, type);
        if (value == null) {
            throw new IllegalStateException("column " + column + " is null against its declaration");
        }
        return value;
    }
}
