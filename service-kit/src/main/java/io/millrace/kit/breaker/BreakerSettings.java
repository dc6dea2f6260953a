package io.millrace.kit.breaker;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * When breakers open and close, and what is kept of it.
 *
 * @param windowCalls the last calls that are judged together; 20, so that a server that dies is noticed after ten failures
 *     however much went well before
 * @param callsMin calls without which nothing is judged; 5, so that an idle service does not take one mishap for an outage
 * @param failurePercent of these calls, from which on the breaker opens; 50, as with one Kafka partition of twelve
 *     without a leader most calls still go well
 * @param openTime how long no call is made; 2 s. It is also the longest that a server that is back waits to be noticed
 *     by the next call
 * @param halfOpenCalls how many calls then find out together whether the server is back; 1: while they are under way all
 *     others are refused, and waiting for several would take as long as the slowest
 * @param eventsHeldMax changes of state that wait for PostgreSQL; 10,000 of about 100 bytes. A breaker that tries every
 *     two seconds makes as many in nearly three hours. Beyond, the oldest are dropped and counted
 * @param eventsKept how long changes stay in PostgreSQL; 30 days
 */
@ConfigurationProperties("millrace.breakers")
record BreakerSettings(
        @DefaultValue("20") int windowCalls,
        @DefaultValue("5") int callsMin,
        @DefaultValue("50") int failurePercent,
        @DefaultValue("2s") Duration openTime,
        @DefaultValue("1") int halfOpenCalls,
        @DefaultValue("10000") int eventsHeldMax,
        @DefaultValue("30d") Duration eventsKept) {

    public BreakerSettings {
        if (callsMin < 1 || callsMin > windowCalls) {
            throw new IllegalArgumentException(
                    "millrace.breakers.calls-min must be 1 to millrace.breakers.window-calls");
        }
        if (failurePercent < 1 || failurePercent > 100) {
            throw new IllegalArgumentException("millrace.breakers.failure-percent must be 1 to 100");
        }
        if (halfOpenCalls < 1 || eventsHeldMax < 1) {
            throw new IllegalArgumentException("counts under millrace.breakers must be at least 1");
        }
        if (openTime.toMillis() < 1 || eventsKept.toMillis() < 1) {
            throw new IllegalArgumentException("durations under millrace.breakers must be at least 1ms");
        }
    }
}
