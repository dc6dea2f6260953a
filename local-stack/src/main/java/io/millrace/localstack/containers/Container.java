package io.millrace.localstack.containers;

import io.millrace.localstack.process.Probe;
import java.util.function.Function;
import java.util.function.Supplier;
import org.testcontainers.containers.GenericContainer;

/**
 * A server in a container. It cannot be stopped and started again: its ports would be others, and its data gone.
 *
 * @param container the container
 * @param address the server's address once the container runs
 * @param probes how a server at an address is asked
 */
public record Container(GenericContainer<?> container, Supplier<String> address, Function<String, Probe> probes) {

    /** Starts it and waits until its own checks say that it is up. */
    public void start() {
        container.start();
    }

    /** Ends it; its data is gone. */
    public void remove() {
        container.stop();
    }

    /** Freezes it. */
    public void pause() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    /** Lets it run again. */
    public void unpause() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    /** Whether it runs. */
    public boolean isRunning() {
        return container.isRunning();
    }

    /** The server's address. */
    public String url() {
        return address.get();
    }

    /** How it is asked. */
    public Probe probe() {
        return probes.apply(url());
    }
}
