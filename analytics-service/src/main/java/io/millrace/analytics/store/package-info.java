/**
 * Stored answers. In: a question. Out: one SELECT on one table of ClickHouse, with what it rests on. Never writes.
 */
@NullMarked
package io.millrace.analytics.store;

import org.jspecify.annotations.NullMarked;
