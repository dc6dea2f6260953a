package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

final class RunningFeedTest {
    private static final Duration EVERY = Duration.ofMillis(1);

    @Test
    void whatHasGoneIsWhatTheOutletTookAndItIsFinished() throws MeasurementException, InterruptedException {
        Counting outlet = new Counting(50, Integer.MAX_VALUE);
        try (RunningFeed feed = RunningFeed.start(10_000, EVERY, outlet)) {
            assertThat(outlet.enough.await(10, TimeUnit.SECONDS)).isTrue();
            feed.requireRunning();
            assertThat(feed.finish()).isEqualTo(outlet.taken).isGreaterThanOrEqualTo(50);
        }
        assertThat(outlet.finished).isTrue();
    }

    @Test
    void feedThatFailsIsToldOf() {
        Counting outlet = new Counting(50, 50);
        try (RunningFeed feed = RunningFeed.start(10_000, EVERY, outlet)) {
            assertThatExceptionOfType(MeasurementException.class)
                    .isThrownBy(() -> {
                        while (true) {
                            feed.requireRunning();
                            Thread.onSpinWait();
                        }
                    })
                    .withMessageContaining("no more");
        }
        assertThat(outlet.finished).isTrue();
    }

    private static final class Counting implements RunningFeed.Outlet {
        private final CountDownLatch enough;
        private final int max;
        private long taken;
        private boolean finished;

        Counting(int enough, int max) {
            this.enough = new CountDownLatch(enough);
            this.max = max;
        }

        @Override
        public void send(int events) throws MeasurementException {
            taken += events;
            for (int event = 0; event < events; event++) {
                enough.countDown();
            }
            if (taken > max) {
                throw new MeasurementException("no more");
            }
        }

        @Override
        public void finish() {
            finished = true;
        }
    }
}
