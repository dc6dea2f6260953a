package io.millrace.ingestion.publish;

import io.millrace.event.Event;
import io.millrace.log.DeadLetterMark;

/** An event that goes into the log to be kept as a dead letter. */
public record MarkedEvent(Event event, DeadLetterMark mark) {}
