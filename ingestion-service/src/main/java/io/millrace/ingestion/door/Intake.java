package io.millrace.ingestion.door;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.InvalidEvent;
import io.millrace.event.ParsedEvent;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;

/**
 * A request's events, told apart.
 *
 * @param accepted in the order sent, each with an id
 * @param rejected in the order sent
 */
record Intake(List<Event> accepted, List<Rejection> rejected) {
    Intake {
        accepted = List.copyOf(accepted);
        rejected = List.copyOf(rejected);
    }

    /**
     * Tells events apart.
     *
     * @param limits of an event and its parts
     * @param latest the latest timestamp to accept: beyond it the log's readers might find it too far ahead
     * @param ids an id for an event without one, by its index
     */
    static Intake of(List<ParsedEvent> events, EventSettings limits, Instant latest, IntFunction<EventId> ids) {
        List<Event> accepted = new ArrayList<>(events.size());
        List<Rejection> rejected = new ArrayList<>();
        for (int index = 0; index < events.size(); index++) {
            switch (judged(events.get(index), limits, latest)) {
                case InvalidEvent invalid -> rejected.add(Rejection.of(index, invalid));
                case Event event -> accepted.add(event.id() == null ? event.withId(ids.apply(index)) : event);
            }
        }
        return new Intake(accepted, rejected);
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
