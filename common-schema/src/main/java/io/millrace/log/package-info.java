/**
 * The log: the topic, what a record on it looks like, where it lies and what becomes of it.
 *
 * <p>In: events of a tenant, or records read from Kafka. Out: records to send, or each record's
 * {@link io.millrace.log.Fate}, which follows from its bytes, position and LogAppendTime alone.
 */
@NullMarked
package io.millrace.log;

import org.jspecify.annotations.NullMarked;
