package io.millrace.consumer.letters;

import java.time.Instant;

/**
 * How many letters of a tenant have a reason.
 *
 * @param firstSeen receipt of the first
 * @param lastSeen receipt of the last
 */
record ReasonCount(String reason, String tenant, long letters, Instant firstSeen, Instant lastSeen) {}
