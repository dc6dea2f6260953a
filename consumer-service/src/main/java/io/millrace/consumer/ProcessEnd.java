package io.millrace.consumer;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Ends the process because of a bug: its supervisor starts it anew, from the ledger. */
final class ProcessEnd implements Consumer<Throwable> {
    /** As BSD's sysexits have it: an internal software error. */
    static final int EXIT_CODE = 70;

    private static final Logger LOG = LoggerFactory.getLogger(ProcessEnd.class);

    private final AtomicBoolean ending = new AtomicBoolean();
    private final Runnable exit;

    /** Ends the process by {@code exit}, on a thread of its own, since a poll thread cannot wait for itself to stop. */
    ProcessEnd(Runnable exit) {
        this.exit = exit;
    }

    @Override
    public void accept(Throwable bug) {
        if (ending.compareAndSet(false, true)) {
            LOG.error("this must not happen; the process ends, and what it had not recorded is done again", bug);
            Thread.ofPlatform().name("process-end").start(exit);
        }
    }
}
