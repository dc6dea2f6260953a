package io.millrace.prove.fault;

import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.prove.proxy.Exchange;
import io.millrace.prove.proxy.Moment;
import io.millrace.prove.proxy.Step;
import io.millrace.prove.stage.Stage;
import io.millrace.prove.verdict.Store;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

/** Kills ClickHouse in an exact state of an insert. Many inserts pass too fast; each is a new try. */
final class Tearing {
    /** How long one state is hunted. */
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private final Stage stage;

    Tearing(Stage stage) {
        this.stage = stage;
    }

    /**
     * Hunts the state. Afterwards ClickHouse runs, or was killed in it.
     *
     * @return how many inserts were watched until one was met in it; empty when none was
     */
    OptionalInt tear(Torn state) throws IOException, InterruptedException {
        Server clickHouse = stage.server(Part.CLICKHOUSE);
        clickHouse.start();
        InsertEye eye = new InsertEye(new Store(clickHouse.url()), state);
        AtomicBoolean met = new AtomicBoolean();
        long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
        for (int tries = 1; System.nanoTime() < deadlineNanos; tries++) {
            long pid = stage.pid(Part.CLICKHOUSE);
            Optional<Exchange> insert = stage.ambushes()
                    .strike(
                            Step.EVENTS,
                            Moment.SENT,
                            _ -> met.set(kill(clickHouse, eye, pid)),
                            Duration.ofNanos(deadlineNanos - System.nanoTime()));
            if (insert.isPresent() && met.get()) {
                return OptionalInt.of(tries);
            }
            clickHouse.start();
        }
        return OptionalInt.empty();
    }

    /** {@return whether it was in the state when it was killed} */
    private static boolean kill(Server clickHouse, InsertEye eye, long pid) throws IOException, InterruptedException {
        boolean met = false;
        try {
            met = RealTime.call(() -> eye.watch(pid));
        } catch (ExecutionException e) {
            throw new IOException("the insert could not be watched", e.getCause());
        } finally {
            if (met) {
                clickHouse.kill();
            } else {
                clickHouse.thaw();
            }
        }
        // Stopped threads finish the system call that they are in.
        return met && eye.isMet();
    }
}
