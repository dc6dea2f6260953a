package io.millrace.localstack.containers;

import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.localstack.process.Probe;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.testcontainers.containers.GenericContainer;

/**
 * A server in a container. It cannot be stopped and started again: its ports would be others, and its data gone. Tests
 * that break servers open a stack of processes.
 *
 * @param part which server
 * @param container the container
 * @param address the server's address once the container runs
 * @param probe how a server at that address is asked
 */
record ContainerServer(
        Part part, GenericContainer<?> container, Supplier<String> address, Function<String, Probe> probe)
        implements Server {

    @Override
    public String url() {
        return address.get();
    }

    @Override
    public void start() {
        container.start();
    }

    @Override
    public void stop() {
        container.stop();
    }

    @Override
    public void kill() {
        container.stop();
    }

    @Override
    public void freeze() {
        container
                .getDockerClient()
                .pauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public void thaw() {
        container
                .getDockerClient()
                .unpauseContainerCmd(container.getContainerId())
                .exec();
    }

    @Override
    public Optional<String> problem() {
        return container.isRunning() ? probe.apply(url()).problem() : Optional.of("not running");
    }
}
