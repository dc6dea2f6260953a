package io.millrace.localstack;

import io.millrace.localstack.process.ManagedProcess;
import io.millrace.localstack.process.Recipe;
import io.millrace.localstack.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/**
 * A server in a process of this machine.
 *
 * @param part which server
 * @param url its address for clients
 * @param ports all ports of its stack
 * @param process the process, running or not
 * @param recipe how it is run
 */
public record ProcessServer(Part part, String url, Ports ports, ManagedProcess process, Recipe recipe)
        implements Server {
    /** A busy machine and a log to recover; a healthy start takes seconds, and one that fails is noticed at once. */
    private static final Duration START_PATIENCE = Duration.ofMinutes(3);

    /** A service lets its requests end for up to 20 s, and a first stop also writes down the classes it has loaded. */
    private static final Duration STOP_PATIENCE = Duration.ofSeconds(45);

    @Override
    public void start() {
        try {
            if (process.running().isEmpty()) {
                ports.require(part);
                recipe.prepare();
                process.start(recipe.command());
            }
            process.await(recipe, START_PATIENCE);
            recipe.complete();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + part.title(), e);
        }
    }

    @Override
    public void stop() {
        process.stop(recipe.politely(), STOP_PATIENCE);
    }

    @Override
    public void kill() {
        process.kill();
    }

    @Override
    public void freeze() {
        process.freeze();
    }

    @Override
    public void thaw() {
        process.send(Signal.CONT);
    }

    @Override
    public Optional<String> problem() {
        return process.running().isEmpty() ? Optional.of("not running") : recipe.problem();
    }
}
