package io.millrace.kit.breaker;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.millrace.kit.metrics.Meters;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.function.Function;

/** Breakers with the default settings and a clock that stands still, for tests of what goes through one. */
public final class TestBreaker {
    static final BreakerSettings DEFAULTS =
            new BreakerSettings(20, 5, 50, Duration.ofSeconds(2), 1, 10_000, Duration.ofDays(30));

    private TestBreaker() {}

    public static Breaker around(String server, Function<Throwable, Verdict> judge) {
        Clock standing = Clock.fixed(Instant.EPOCH, ZoneOffset.UTC);
        return new Breakers(DEFAULTS, standing, new Meters(new SimpleMeterRegistry()), _ -> {}).around(server, judge);
    }

    public static boolean isOpen(Breaker breaker) {
        return breaker.state() == BreakerState.OPEN;
    }
}
