/**
 * The event: the value every door makes and every reader gets, with its JSON and Protobuf forms.
 *
 * <p>In: bytes of a request body or of a Kafka record. Out: an {@link io.millrace.event.Event}, valid by
 * construction, or an {@link io.millrace.event.InvalidEvent} that says what to mend.
 */
@NullMarked
package io.millrace.event;

import org.jspecify.annotations.NullMarked;
