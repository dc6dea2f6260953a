package io.millrace.localstack;

import io.millrace.localstack.process.Probe;
import io.millrace.localstack.process.StackException;
import java.util.Optional;

/**
 * A server that somebody else runs. It is asked, never started or stopped.
 *
 * @param part which server it stands for
 * @param url its address
 * @param probe how it is asked
 */
record ExternalServer(Part part, String url, Probe probe) implements Server {

    @Override
    public void start() {
        problem().ifPresent(problem -> {
            throw new StackException(part.title() + ", named by " + ServerFactory.externalVariable(part)
                    + ", does not answer: " + problem);
        });
    }

    @Override
    public void stop() {
        // Not ours to stop.
    }

    @Override
    public void kill() {
        throw new UnsupportedOperationException(part.title() + " is not ours to kill");
    }

    @Override
    public void freeze() {
        throw new UnsupportedOperationException(part.title() + " is not ours to freeze");
    }

    @Override
    public void thaw() {
        throw new UnsupportedOperationException(part.title() + " is not ours to thaw");
    }

    @Override
    public Optional<String> problem() {
        return probe.problem();
    }
}
