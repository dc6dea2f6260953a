/**
 * Counting users as ClickHouse does. In: {@code uniq} states from ClickHouse's views, and user ids of events that are
 * not in them yet. Out: the count over both, the one ClickHouse would give once they are, and how far it may be off.
 */
@NullMarked
package io.millrace.analytics.unique;

import org.jspecify.annotations.NullMarked;
