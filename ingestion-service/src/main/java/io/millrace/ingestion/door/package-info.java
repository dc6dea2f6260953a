/** The one contract behind all dialects. In: bodies. Out: accepted and rejected events, the former in Kafka. */
@NullMarked
package io.millrace.ingestion.door;

import org.jspecify.annotations.NullMarked;
