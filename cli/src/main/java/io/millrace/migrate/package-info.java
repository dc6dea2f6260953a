/**
 * Brings the databases and the topic to what this release needs. In: the addresses. Out: both schemas at their newest
 * version, the topic, its row in {@code logs} and the opening rows of its ledger.
 *
 * <p>A replay does nothing. A run that was cut off is finished by the next. Two runs at once wait for each other.
 */
@NullMarked
package io.millrace.migrate;

import org.jspecify.annotations.NullMarked;
