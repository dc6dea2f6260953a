package io.millrace.localstack;

import io.millrace.localstack.containers.Container;
import java.util.Optional;

/**
 * A shared server in a container. Tests that stop servers open a stack of processes instead.
 *
 * @param part which server
 * @param container its container
 */
record ContainerServer(Part part, Container container) implements Server {

    @Override
    public String url() {
        return container.url();
    }

    @Override
    public void start() {
        container.start();
    }

    @Override
    public void stop() {
        container.remove();
    }

    @Override
    public void kill() {
        container.remove();
    }

    @Override
    public void freeze() {
        container.pause();
    }

    @Override
    public void thaw() {
        container.unpause();
    }

    @Override
    public Optional<String> problem() {
        return container.isRunning() ? container.probe().problem() : Optional.of("not running");
    }
}
