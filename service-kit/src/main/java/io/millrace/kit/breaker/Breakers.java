package io.millrace.kit.breaker;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.micrometer.core.instrument.Tags;
import io.millrace.kit.metrics.Meters;
import java.time.Clock;
import java.time.Instant;
import java.util.function.Consumer;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes breakers, all with the same settings, whose states are measured and noted. */
public final class Breakers {
    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);

    private final BreakerSettings settings;
    private final Clock clock;
    private final Meters meters;
    private final Consumer<StateChange> changes;

    /**
     * Makes breakers.
     *
     * @param changes told of each change of state, on the thread of the call that brought it about; must not wait
     */
    Breakers(BreakerSettings settings, Clock clock, Meters meters, Consumer<StateChange> changes) {
        this.settings = settings;
        this.clock = clock;
        this.meters = meters;
        this.changes = changes;
    }

    /**
     * Makes the breaker around a server.
     *
     * @param server its name in metrics and in the database, of lower case letters; once in a service
     * @param judge what a failure says of the server
     */
    public Breaker around(String server, Function<Throwable, Verdict> judge) {
        CircuitBreaker machine = CircuitBreaker.of(server, configuration());
        Breaker breaker = new Breaker(
                machine,
                judge,
                clock,
                meters.counter(
                        "millrace.breaker.refused",
                        "Calls that were not made because their server was away, and work that was spared with them",
                        Tags.of("breaker", server)));
        for (BreakerState state : BreakerState.values()) {
            meters.flag(
                    "millrace.breaker.state",
                    "1 for the state that the breaker is in, 0 for the others",
                    Tags.of("breaker", server, "state", state.text()),
                    () -> breaker.state() == state);
        }
        machine.getEventPublisher().onStateTransition(event -> changed(breaker, server, event.getStateTransition()));
        return breaker;
    }

    private CircuitBreakerConfig configuration() {
        return CircuitBreakerConfig.custom()
                .slidingWindow(settings.windowCalls(), settings.callsMin(), SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(settings.failurePercent())
                .waitDurationInOpenState(settings.openTime())
                .permittedNumberOfCallsInHalfOpenState(settings.halfOpenCalls())
                .clock(clock)
                .build();
    }

    private void changed(Breaker breaker, String server, StateTransition transition) {
        BreakerState from = BreakerState.of(transition.getFromState());
        BreakerState to = BreakerState.of(transition.getToState());
        Instant now = clock.instant();
        if (to == BreakerState.OPEN) {
            breaker.opensUntil(now.plus(settings.openTime()));
        }
        // Once for an outage, however often it is tried meanwhile.
        if (from == BreakerState.CLOSED) {
            LOG.warn("the breaker {} opens: most calls fail", server);
        } else if (to == BreakerState.CLOSED) {
            LOG.info("the breaker {} closes", server);
        }
        changes.accept(new StateChange(server, from, to, now));
    }
}
