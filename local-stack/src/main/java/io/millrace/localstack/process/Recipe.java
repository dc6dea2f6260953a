package io.millrace.localstack.process;

import java.io.IOException;

/** How one kind of server is made ready, run, asked and ended. */
public interface Recipe extends Probe {
    /** Fetches, unpacks and writes what the server needs before it starts; what is there already stays. */
    void prepare() throws IOException;

    /** The command that runs the server. */
    Command command();

    /** What else has to be there before the server is of use: a database, a bucket. Called once it runs. */
    default void complete() {}

    /** The signal on which the server ends in good order. */
    default Signal politely() {
        return Signal.TERM;
    }
}
