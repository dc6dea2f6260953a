package io.millrace.ingestion.quota;

import java.time.Duration;

/**
 * Why a tenant has to wait.
 *
 * @param perSecond its quota, of all instances
 * @param untilOpen until there is something again
 */
record Refusal(Resource resource, long perSecond, Duration untilOpen) {}
