package io.millrace.localstack;

import io.millrace.localstack.process.ManagedProcess;
import io.millrace.localstack.process.Signal;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Optional;

/** A server in a process of this machine. */
final class ProcessServer implements Server {
    /** A slow disk with a log to recover; a healthy start takes seconds. */
    private static final Duration START_PATIENCE = Duration.ofSeconds(90);

    private static final Duration STOP_PATIENCE = Duration.ofSeconds(20);

    private final ServerRecipe recipe;
    private final ManagedProcess process;
    private final Ports ports;

    ProcessServer(ServerRecipe recipe, ManagedProcess process, Ports ports) {
        this.recipe = recipe;
        this.process = process;
        this.ports = ports;
    }

    @Override
    public Part part() {
        return recipe.part();
    }

    @Override
    public String url() {
        return recipe.url();
    }

    @Override
    public void start() {
        try {
            if (process.running().isEmpty()) {
                ports.require(part());
                recipe.prepare();
                process.start(recipe.command());
            }
            process.await(recipe, START_PATIENCE);
            recipe.complete();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot prepare " + part().title(), e);
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
        process.send(Signal.STOP);
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
