package io.millrace.event;

import java.util.List;

/** What a request body turned out to be. */
public sealed interface ParsedBody {
    /**
     * The events in the order sent, each valid or not by itself.
     *
     * @param events never empty of meaning: the index in this list is the index in answers
     */
    record Events(List<ParsedEvent> events) implements ParsedBody {
        public Events {
            events = List.copyOf(events);
        }
    }

    /** Nothing in the body can be told apart, for this reason. */
    record Unreadable(InvalidEvent problem) implements ParsedBody {}

    /** More events than the reader was told to take. */
    record TooManyEvents(int eventsMax) implements ParsedBody {}
}
