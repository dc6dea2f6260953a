package io.millrace.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class ProcessEndTest {
    @Test
    void endsTheProcessOnceOnAnotherThread() throws InterruptedException {
        AtomicInteger exits = new AtomicInteger();
        CountDownLatch exited = new CountDownLatch(1);
        Thread here = Thread.currentThread();
        ProcessEnd end = new ProcessEnd(() -> {
            assertThat(Thread.currentThread()).isNotSameAs(here);
            exits.incrementAndGet();
            exited.countDown();
        });
        end.accept(new IllegalStateException("the bug under test"));
        end.accept(new IllegalStateException("its echo"));
        assertThat(exited.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(exits).hasValue(1);
    }
}
