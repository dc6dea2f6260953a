package io.millrace.ingestion.door;

import io.millrace.ingestion.body.BodyReader;
import io.millrace.ingestion.publish.EventPublisher;
import java.util.concurrent.Executor;

/**
 * What the door works with.
 *
 * @param workers threads that may wait for Kafka
 */
record DoorParts(
        BodyReader bodies, EventSettings limits, EventPublisher publisher, DoorMetrics metrics, Executor workers) {}
