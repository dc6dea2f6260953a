package io.millrace.localstack;

import io.millrace.localstack.process.StackException;
import java.util.Optional;

/** A running or stopped server; its data is kept over every one of these calls. */
public interface Server {
    /** Which server this is. */
    Part part();

    /** Its address with everything a client needs, as in the environment variables. */
    String url();

    /**
     * Starts it and waits until it answers a real request; only waits when it runs already.
     *
     * @throws StackException when a port is taken, when it ends while starting (with the end of its log), or when it
     *     does not answer in time
     */
    void start();

    /** Stops it in good order; nothing when it does not run. */
    void stop();

    /** Ends it as a power cut would. */
    void kill();

    /** Stops the process from running, while its connections stay open. */
    void freeze();

    /** Lets it run again after {@link #freeze}. */
    void thaw();

    /** Why it does not answer a real request right now; empty when it does. */
    Optional<String> problem();
}
