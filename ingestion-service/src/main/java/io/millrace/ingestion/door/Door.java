package io.millrace.ingestion.door;

import io.millrace.event.ParsedBody;
import io.millrace.ingestion.body.BodyEncoding;
import io.millrace.ingestion.body.BodyForm;
import io.millrace.ingestion.body.BodyProblems;
import io.millrace.ingestion.body.BodyReader;
import io.millrace.ingestion.body.InFlight;
import io.millrace.ingestion.publish.EventPublisher;
import io.millrace.ingestion.publish.PublishFailed;
import io.millrace.ingestion.publish.Shipment;
import io.millrace.ingestion.quota.Quotas;
import io.millrace.ingestion.rules.KnownRules;
import io.millrace.ingestion.rules.TenantRules;
import io.millrace.kit.breaker.BreakerOpen;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** From a request's bytes to its answer, on the workers' threads and Kafka's. */
public final class Door {
    private static final Logger LOG = LoggerFactory.getLogger(Door.class);

    /** After a failure that no breaker has made anything of: about what a broker takes to be followed by another. */
    private static final Duration KAFKA_RETRY = Duration.ofSeconds(5);

    private final BodyReader bodies;
    private final EventSettings limits;
    private final Quotas quotas;
    private final KnownRules rules;
    private final EventPublisher publisher;
    private final DoorMetrics metrics;
    private final Executor workers;
    private final Clock clock;
    private final int eventsMax;
    private final Duration aheadMax;
    private final PositionVector nowhere;
    private final EventIds ids = new EventIds();

    Door(DoorParts parts, DoorSettings settings, EventLog log, Clock clock) {
        this.bodies = parts.bodies();
        this.limits = parts.limits();
        this.quotas = parts.quotas();
        this.rules = parts.rules();
        this.publisher = parts.publisher();
        this.metrics = parts.metrics();
        this.workers = parts.workers();
        this.clock = clock;
        this.eventsMax = settings.eventsMax();
        this.nowhere = new PositionVector(log.terms().logId(), new TreeMap<>());
        Duration strict = log.terms().timestampSkewMax().minus(settings.clockMargin());
        this.aheadMax = strict.isNegative() ? Duration.ZERO : strict;
    }

    /**
     * What a request says beside its body.
     *
     * @param idempotencyKey the header, or null
     */
    public record Delivery(
            Tenant tenant,
            BodyForm form,
            BodyEncoding encoding,
            @Nullable String idempotencyKey) {}

    /**
     * Asks whether there is any use in taking a request.
     *
     * @throws io.millrace.kit.problem.ProblemException 503 {@code kafka_unavailable} while Kafka is known to be away, 503
     *     {@code overloaded} when a request would wait too long for it
     */
    public void requireOpen() {
        try {
            publisher.requireKafka();
        } catch (BreakerOpen e) {
            throw answerable(e);
        }
        if (publisher.isBehind()) {
            throw BodyProblems.overloaded(publisher.settledIn()).toException();
        }
    }

    /**
     * Takes a request.
     *
     * @param share closed when all is over
     * @return the 202's body; fails with a {@link io.millrace.kit.problem.ProblemException}, at once with 503 {@code
     *     overloaded} when too many requests wait already
     */
    public CompletableFuture<Accepted> take(Delivery delivery, byte[] body, InFlight.Share share) {
        return CompletableFuture.completedFuture(delivery)
                .thenComposeAsync(_ -> publish(delivery, body, share), workers)
                .whenComplete((_, _) -> share.close())
                .exceptionally(error -> {
                    throw answerable(error);
                });
    }

    private CompletableFuture<Accepted> publish(Delivery delivery, byte[] sent, InFlight.Share share) {
        metrics.tookBody(sent.length);
        quotas.takeBody(delivery.tenant(), sent.length);
        if (sent.length == 0 && delivery.form().needsBody()) {
            throw BodyProblems.empty().toException();
        }
        Instant now = clock.instant();
        TenantRules tenantRules = rules.inForce().of(delivery.tenant());
        byte[] body = bodies.unpack(delivery.encoding(), sent, share);
        Intake intake = switch (delivery.form().parse(body, eventsMax)) {
            case ParsedBody.Unreadable(var why) ->
                throw DoorProblems.unreadable(why).toException();
            case ParsedBody.TooManyEvents(int max) ->
                throw DoorProblems.tooManyEvents(max).toException();
            case ParsedBody.Events(var events) ->
                Intake.of(
                        events,
                        limits,
                        now.plus(aheadMax),
                        ids.forRequest(delivery.idempotencyKey(), now),
                        tenantRules);
        };
        List<Rejection> rejected = intake.rejected();
        metrics.rejected(rejected);
        metrics.ruled(intake);
        if (intake.isAllRejected()) {
            throw (rejected.isEmpty() ? BodyProblems.empty() : DoorProblems.nothingAccepted(rejected)).toException();
        }
        return published(delivery.tenant(), intake).thenApply(intake::toAccepted);
    }

    /** Rules may have left out everything; then there is nothing to wait for. */
    private CompletableFuture<PositionVector> published(Tenant tenant, Intake intake) {
        Shipment shipment = intake.toShipment(tenant);
        if (shipment.size() == 0) {
            return CompletableFuture.completedFuture(nowhere);
        }
        quotas.takeEvents(tenant, shipment.size());
        return publisher.publish(shipment);
    }

    private RuntimeException answerable(Throwable error) {
        Throwable cause = error instanceof CompletionException && error.getCause() != null ? error.getCause() : error;
        return switch (cause) {
            case BreakerOpen open ->
                DoorProblems.kafkaUnavailable(open.retryAfter()).toException(open);
            case PublishFailed failed -> {
                LOG.warn("a request's events could not be made durable: {}", failed.getMessage());
                yield DoorProblems.kafkaUnavailable(KAFKA_RETRY).toException(failed);
            }
            case RejectedExecutionException _ ->
                BodyProblems.overloaded(publisher.settledIn()).toException();
            default -> new CompletionException(cause);
        };
    }
}
