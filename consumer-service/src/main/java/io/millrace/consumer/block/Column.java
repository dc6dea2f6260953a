package io.millrace.consumer.block;

import java.io.IOException;
import java.io.OutputStream;

/** One column of a block. Every column of a block gets as many values as the block has rows. */
sealed interface Column
        permits NumberColumn,
                NullableNumberColumn,
                UuidColumn,
                TextColumn,
                DictionaryColumn,
                TextMapColumn,
                TextPairsColumn {
    /** ClickHouse's name of the type. */
    String type();

    /** Bytes the column holds, and about what it will send. */
    long bytes();

    /** What stands once before the values of a column, and before those of everything it is part of. */
    default void writePrefix(OutputStream out) throws IOException {}

    void writeValues(OutputStream out) throws IOException;
}
