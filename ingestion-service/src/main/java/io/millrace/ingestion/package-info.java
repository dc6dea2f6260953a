/**
 * The door. In: events over HTTP, with a key that names the tenant. Out: records in Kafka, and an answer that says of
 * each event whether it is there.
 *
 * <p>A request's way: {@code api.EventsEndpoint} (key, form) → {@code quota.Quotas} (whether there is anything left) →
 * {@code body.BodyReader} → {@code door.Intake} (which events are good) → {@code publish.EventPublisher} (Kafka) → the
 * answer. Administration is in {@code admin}, on a port of its own.
 */
@NullMarked
package io.millrace.ingestion;

import org.jspecify.annotations.NullMarked;
