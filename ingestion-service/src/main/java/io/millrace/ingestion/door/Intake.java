package io.millrace.ingestion.door;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.InvalidEvent;
import io.millrace.event.ParsedEvent;
import io.millrace.ingestion.publish.Shipment;
import io.millrace.ingestion.rules.Decision.Reason;
import io.millrace.ingestion.rules.TenantRules;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.IntFunction;

/**
 * A request's events, told apart.
 *
 * @param accepted in the order sent, each with an id
 * @param rejected in the order sent
 * @param dropped places of those that rules left out, in the order sent
 * @param marked in the order sent, each with an id
 */
record Intake(List<Event> accepted, List<Rejection> rejected, Map<Reason, List<Integer>> dropped, List<Marked> marked) {
    Intake {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
        dropped = Map.copyOf(dropped);
        marked = List.copyOf(marked);
    }

    /**
     * Tells events apart.
     *
     * @param limits of an event and its parts
     * @param latest the latest timestamp to accept: beyond it the log's readers might find it too far ahead
     * @param ids an id for an event without one, by its index
     * @param rules of the tenant
     */
    static Intake of(
            List<ParsedEvent> events,
            EventSettings limits,
            Instant latest,
            IntFunction<EventId> ids,
            TenantRules rules) {
        Sorter sorter = new Sorter(rules, events.size());
        for (int index = 0; index < events.size(); index++) {
            switch (judged(events.get(index), limits, latest)) {
                case InvalidEvent invalid -> sorter.reject(Rejection.of(index, invalid));
                case Event event -> sorter.add(index, event.id() == null ? event.withId(ids.apply(index)) : event);
            }
        }
        return sorter.toIntake();
    }

    Shipment toShipment(Tenant tenant) {
        return new Shipment(tenant, accepted, marked.stream().map(Marked::event).toList());
    }

    /** {@return the answer once Kafka has them} */
    Accepted toAccepted(PositionVector position) {
        List<Dropped> left = new ArrayList<>();
        new TreeMap<>(dropped).forEach((reason, indexes) -> left.add(new Dropped(reason.code(), indexes)));
        List<Rejection> deadLetters = marked.stream().map(Marked::toRejection).toList();
        return new Accepted(accepted.size(), rejected, left, deadLetters, position.toToken());
    }

    /** Whether there is nothing that was taken in any way. */
    boolean isAllRejected() {
        return accepted.isEmpty() && dropped.isEmpty() && marked.isEmpty();
    }

    /** What the log could have but this door does not take is invalid, too. */
    private static ParsedEvent judged(ParsedEvent parsed, EventSettings limits, Instant latest) {
        if (!(parsed instanceof Event event)) {
            return parsed;
        }
        if (event.timestamp() != null && event.timestamp().isAfter(latest)) {
            return new InvalidEvent(InvalidEvent.Code.TIMESTAMP_TOO_FAR_AHEAD, "timestamp is later than " + latest);
        }
        return limits.refusal(event).<ParsedEvent>map(refusal -> refusal).orElse(event);
    }
}
