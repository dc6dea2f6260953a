package io.millrace.ingestion.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.kit.problem.ProblemException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class InFlightTest {
    private final InFlight inFlight = new InFlight(100, 2, () -> Duration.ofSeconds(3));

    @Test
    void bytesAreTakenUpToTheLimitOverAllRequests() {
        InFlight.Share one = inFlight.open();
        InFlight.Share two = inFlight.open();
        one.take(60);
        two.take(40);
        overloaded(() -> two.take(1));
        assertThat(inFlight.bytes()).isEqualTo(100);
        one.close();
        two.take(60);
        assertThat(inFlight.bytes()).isEqualTo(100);
        two.close();
        assertThat(inFlight.bytes()).isZero();
    }

    @Test
    void requestsAreTakenUpToTheirLimit() {
        InFlight.Share one = inFlight.open();
        inFlight.open();
        overloaded(inFlight::open);
        assertThat(inFlight.requests()).isEqualTo(2);
        one.close();
        assertThat(inFlight.open()).isNotNull();
    }

    @Test
    void closingTwiceGivesBackOnce() {
        InFlight.Share one = inFlight.open();
        InFlight.Share two = inFlight.open();
        two.take(5);
        one.take(10);
        one.close();
        one.close();
        assertThat(inFlight.bytes()).isEqualTo(5);
        assertThat(inFlight.requests()).isEqualTo(1);
        assertThatThrownBy(() -> one.take(1)).isInstanceOf(IllegalStateException.class);
    }

    private static void overloaded(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, e -> {
            assertThat(e.problem().code()).isEqualTo("overloaded");
            assertThat(e.problem().retryAfter()).isEqualTo(Duration.ofSeconds(3));
        });
    }
}
