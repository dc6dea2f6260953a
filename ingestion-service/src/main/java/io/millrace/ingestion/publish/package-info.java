/** The Kafka side of ingestion. In: valid events of a tenant. Out: where they are, once all replicas in sync have them. */
@NullMarked
package io.millrace.ingestion.publish;

import org.jspecify.annotations.NullMarked;
