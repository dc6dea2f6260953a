package io.millrace.prove.proxy;

import java.io.IOException;

/** What is done at the moment an ambush was laid for, on the request's own thread: while it lasts, the request waits. */
@FunctionalInterface
public interface Strike {
    /**
     * Strikes.
     *
     * @throws CutException to cut the connections to both sides
     */
    void at(Exchange exchange) throws IOException, InterruptedException;
}
