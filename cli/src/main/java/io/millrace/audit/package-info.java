/**
 * Recounts what is stored. In: the logs of PostgreSQL, the topic, the ledger and the tables of ClickHouse. Out: every
 * difference between them, of which there must be none.
 *
 * <p>It only reads, so a replay, a run cut off and two runs at once change nothing. It may run while everything else
 * does: the order of its readings makes a cut that can be compared.
 */
@NullMarked
package io.millrace.audit;

import org.jspecify.annotations.NullMarked;
