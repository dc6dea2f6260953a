package io.millrace.ingestion.door;

import io.millrace.ingestion.body.BodyReader;
import io.millrace.ingestion.publish.EventPublisher;
import io.millrace.ingestion.quota.Quotas;
import io.millrace.ingestion.rules.KnownRules;
import java.util.concurrent.Executor;

/**
 * What the door works with.
 *
 * @param workers threads that may wait for Kafka
 */
record DoorParts(
        BodyReader bodies,
        EventSettings limits,
        KnownRules rules,
        Quotas quotas,
        EventPublisher publisher,
        DoorMetrics metrics,
        Executor workers) {}
