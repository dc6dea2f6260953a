package io.millrace.analytics.peer;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class PeerPatienceTest {
    private static final Duration FULL = Duration.ofSeconds(1);
    private static final Duration BRIEF = Duration.ofMillis(100);

    private final AtomicLong nanos = new AtomicLong(-5);
    private final PeerPatience patience = new PeerPatience(FULL, nanos::get);

    private void advance(Duration by) {
        nanos.addAndGet(by.toNanos());
    }

    @Test
    void oneThatAnswersIsWaitedForInFull() {
        patience.answered("a");
        assertThat(patience.with("a")).isEqualTo(FULL);
        assertThat(patience.with("a")).isEqualTo(FULL);
    }

    @Test
    void silentOneIsWaitedForInFullOnceInThatTime() {
        patience.silent("a");
        assertThat(patience.with("a")).isEqualTo(BRIEF);
        assertThat(patience.with("b")).isEqualTo(FULL);
        advance(FULL.minusNanos(1));
        assertThat(patience.with("a")).isEqualTo(BRIEF);
        advance(Duration.ofNanos(1));
        assertThat(patience.with("a")).isEqualTo(FULL);
        assertThat(patience.with("a")).isEqualTo(BRIEF);
        patience.silent("a");
        advance(FULL);
        assertThat(patience.with("a")).isEqualTo(FULL);
    }

    @Test
    void oneThatAnswersAgainIsTrustedAtOnce() {
        patience.silent("a");
        patience.answered("a");
        assertThat(patience.with("a")).isEqualTo(FULL);
    }

    @Test
    void oneThatIsNotAskedAnyMoreIsForgotten() {
        patience.silent("a");
        advance(Duration.ofMinutes(1));
        assertThat(patience.with("a")).isEqualTo(FULL);
        assertThat(patience.with("a")).isEqualTo(FULL);
    }
}
