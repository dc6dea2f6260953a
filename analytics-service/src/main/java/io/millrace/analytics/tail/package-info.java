/**
 * The live end of the log. In: the records of {@code millrace.events}, by Kafka Streams and, when a partition is begun,
 * by reading it back. Out: per partition, what its events from an offset on come to.
 */
@NullMarked
package io.millrace.analytics.tail;

import org.jspecify.annotations.NullMarked;
