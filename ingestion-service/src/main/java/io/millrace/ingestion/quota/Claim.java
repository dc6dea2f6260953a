package io.millrace.ingestion.quota;

import io.millrace.log.Tenant;

/**
 * How much of a tenant's quota an instance is asked for.
 *
 * @param eventsPerSecond 0 where there is no quota of events
 * @param bytesPerSecond 0 where there is no quota of bytes
 */
record Claim(Tenant tenant, double eventsPerSecond, double bytesPerSecond) {
    double perSecond(Resource resource) {
        return switch (resource) {
            case EVENTS -> eventsPerSecond;
            case BYTES -> bytesPerSecond;
        };
    }
}
