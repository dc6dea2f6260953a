package io.millrace.consumer.store;

import java.time.Instant;

/**
 * A moment on ClickHouse's own clock.
 *
 * @param now in milliseconds
 * @param startedAt when the server that answered was started, in seconds
 */
record ServerMoment(Instant now, Instant startedAt) {
    static final ServerMoment NEVER = new ServerMoment(Instant.EPOCH, Instant.EPOCH);
}
