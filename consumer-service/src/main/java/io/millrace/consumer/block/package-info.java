/**
 * ClickHouse's Native format, written: a block of columns, each column's bytes gathered as its values arrive. The client
 * library can only read this format, and its row format costs the server about twice as much.
 *
 * <p>In: values, column by column. Out: the bytes of one block, as {@code INSERT … FORMAT Native} takes them over HTTP
 * (protocol revision 0: no block information, no custom serializations).
 */
@NullMarked
package io.millrace.consumer.block;

import org.jspecify.annotations.NullMarked;
