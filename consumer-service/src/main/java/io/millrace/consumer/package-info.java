/**
 * The consumer-service: Kafka into ClickHouse. {@code partition} reads and decides, {@code range} cuts, {@code block}
 * encodes, {@code store} writes.
 */
@NullMarked
package io.millrace.consumer;

import org.jspecify.annotations.NullMarked;
