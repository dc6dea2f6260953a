package io.millrace.ingestion.quota;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class QuotaTest {
    @Test
    void isTakenUpToItsLimits() {
        assertThat(new Quota(1L, null, 1).perSecond(Resource.EVENTS)).isEqualTo(1);
        assertThat(new Quota(1_000_000_000L, 1_000_000_000_000L, 3_600).perSecond(Resource.BYTES))
                .isEqualTo(1_000_000_000_000L);
        refused("events_per_second", () -> new Quota(0L, null, 1));
        refused("events_per_second", () -> new Quota(1_000_000_001L, null, 1));
        refused("bytes_per_second", () -> new Quota(1L, 0L, 1));
        refused("bytes_per_second", () -> new Quota(1L, 1_000_000_000_001L, 1));
        refused("burst_seconds", () -> new Quota(1L, null, 0));
        refused("burst_seconds", () -> new Quota(1L, null, 3_601));
    }

    @Test
    void isOfSomething() {
        refused("events_per_second", () -> new Quota(null, null, 1));
    }

    private static void refused(String name, ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class).hasMessageContaining(name);
    }
}
