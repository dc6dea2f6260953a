package io.millrace.prove.fault;

import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.prove.proxy.Moment;
import io.millrace.prove.proxy.Step;
import io.millrace.prove.proxy.Strike;
import io.millrace.prove.stage.Stage;
import io.millrace.prove.verdict.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/** Kills ClickHouse in an exact state of an insert. Many inserts pass too fast; each is a new try. */
final class Tearing {
    /** How long one state is hunted. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Stage stage;

    Tearing(Stage stage) {
        this.stage = stage;
    }

    /**
     * What came of a hunt.
     *
     * @param inserts that were watched
     * @param kills of ClickHouse, those included that came too late
     */
    record Hunt(boolean met, int inserts, int kills) {}

    /** Hunts the state. Afterwards ClickHouse runs, or has been killed in it. */
    Hunt tear(Torn state) throws IOException, InterruptedException {
        Server clickHouse = stage.server(Part.CLICKHOUSE);
        clickHouse.start();
        InsertEye eye = new InsertEye(new Store(clickHouse.url()), state);
        AtomicInteger kills = new AtomicInteger();
        AtomicBoolean met = new AtomicBoolean();
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        int inserts = 0;
        while (!met.get() && System.nanoTime() < deadlineNanos) {
            clickHouse.start();
            long pid = stage.pid(Part.CLICKHOUSE);
            Strike strike = _ -> {
                if (struck(clickHouse, eye, pid)) {
                    kills.incrementAndGet();
                    // Stopped threads finish the system call that they are in.
                    met.set(eye.isMet());
                }
            };
            Duration left = Duration.ofNanos(deadlineNanos - System.nanoTime());
            if (stage.ambushes().strike(Step.EVENTS, Moment.SENT, strike, left).isPresent()) {
                inserts++;
            }
        }
        if (!met.get()) {
            clickHouse.start();
        }
        return new Hunt(met.get(), inserts, kills.get());
    }

    /** {@return whether it was killed} */
    private static boolean struck(Server clickHouse, InsertEye eye, long pid) throws IOException, InterruptedException {
        boolean struck = false;
        try {
            struck = RealTime.call(() -> eye.watch(pid));
        } catch (ExecutionException e) {
            throw new IOException("the insert could not be watched", e.getCause());
        } finally {
            if (struck) {
                clickHouse.kill();
            } else {
                clickHouse.thaw();
            }
        }
        return struck;
    }
}
