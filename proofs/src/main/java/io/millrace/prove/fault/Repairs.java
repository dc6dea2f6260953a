package io.millrace.prove.fault;

import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.prove.stage.ServiceProcess;
import io.millrace.prove.stage.Stage;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

/** Starts again what was killed, some time later, while other faults go on. */
final class Repairs {
    private static final Duration READY_WITHIN = Duration.ofMinutes(3);
    private static final long LOOK_EVERY_MILLIS = 100;

    private final Stage stage;
    private final Executor threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Map<Object, CompletableFuture<Void>> underWay = new ConcurrentHashMap<>();

    Repairs(Stage stage) {
        this.stage = stage;
    }

    void later(ServiceProcess consumer, Duration down) {
        later((Object) consumer, down, consumer::start);
    }

    void later(Part part, Duration down) {
        Server server = stage.server(part);
        later((Object) part, down, server::start);
    }

    private void later(Object what, Duration down, Runnable start) {
        Executor delayed = CompletableFuture.delayedExecutor(down.toMillis(), TimeUnit.MILLISECONDS, threads);
        underWay.put(what, CompletableFuture.runAsync(() -> stage.unlessClosed(start), delayed));
    }

    /** Waits until everything that was killed runs again. */
    void await() {
        underWay.values().forEach(CompletableFuture::join);
        underWay.clear();
    }

    /** Waits until every service is ready, and starts those again that gave up waiting for a server. */
    void supervise() throws InterruptedException {
        long deadlineNanos = System.nanoTime() + READY_WITHIN.toNanos();
        for (ServiceProcess service : stage.services()) {
            while (!service.isReady()) {
                if (System.nanoTime() > deadlineNanos) {
                    throw new IllegalStateException(service.url() + " is not ready after " + READY_WITHIN);
                }
                if (!service.isRunning()) {
                    stage.unlessClosed(service::start);
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
        }
    }
}
