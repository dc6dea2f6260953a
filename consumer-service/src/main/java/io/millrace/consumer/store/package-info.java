/**
 * ClickHouse, as far as the consumer writes and asks there. In: ranges. Out: rows of {@code events} and its views, of
 * {@code dead_letters} and of {@code ledger}, in that order, so that the ledger never says more than is true.
 */
@NullMarked
package io.millrace.consumer.store;

import org.jspecify.annotations.NullMarked;
