package io.millrace.localstack.launcher;

import io.millrace.localstack.Part;
import io.millrace.localstack.Server;
import io.millrace.localstack.process.ProcessIdentity;
import io.millrace.localstack.process.StackException;
import io.millrace.localstack.process.Together;
import java.util.Arrays;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.stream.Collectors;

/**
 * Starting that can be broken off at any moment, by Ctrl-C for instance, without leaving a process behind: parts that
 * are being started are waited for to notice, and then everything is stopped.
 */
final class Startup {
    private static final int ATTEMPTS = 30;

    private final Home home;
    private final Thread onInterrupt = new Thread(this::abort, "millrace-abort");
    private final ReadWriteLock starting = new ReentrantReadWriteLock();
    private final Set<Part> announced = EnumSet.noneOf(Part.class);
    private boolean begun;
    private volatile boolean aborted;

    Startup(Home home) {
        this.home = home;
    }

    /** From here until {@link #done}, the end of this program is the end of all parts. */
    void begin() {
        if (!begun) {
            begun = true;
            Runtime.getRuntime().addShutdownHook(onInterrupt);
        }
    }

    /** The parts run on when this program ends. */
    void done() {
        try {
            Runtime.getRuntime().removeShutdownHook(onInterrupt);
        } catch (IllegalStateException alreadyEnding) {
            aborted = true;
        }
    }

    /** Names the parts whose readiness is worth a line; the others run already. */
    void announce(Collection<Server> parts) {
        parts.forEach(part -> announced.add(part.part()));
    }

    /** Starts the servers; S3 first when ClickHouse needs it to come up. */
    void startServers(Machine machine) {
        if (machine.s3First()) {
            start(List.of(machine.stack().s3()));
        }
        start(machine.servers());
    }

    /** Starts parts side by side and tells each that is ready. */
    void start(Collection<Server> parts) {
        Together.run(parts, this::start);
    }

    private void start(Server part) {
        long began = System.nanoTime();
        starting.readLock().lock();
        try {
            if (aborted) {
                throw new StackException(part.part().title() + " was not started, since we were interrupted");
            }
            part.start();
        } finally {
            starting.readLock().unlock();
        }
        if (announced.contains(part.part())) {
            System.out.printf(
                    "  %-18s ready after %.1f s%n",
                    part.part().title(), (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1));
        }
    }

    boolean isAborted() {
        return aborted;
    }

    private void abort() {
        aborted = true;
        System.err.println("Interrupted; stopping everything ...");
        boolean quiet = false;
        for (int attempt = 0; attempt < ATTEMPTS && !quiet; attempt++) {
            endOtherChildren();
            // A part that has been stopped is no longer waited for.
            stopAll();
            quiet = tryQuiet();
        }
        stopAll();
    }

    private void stopAll() {
        Map<String, String> settings = System.getenv();
        Down.stop(new Machine(home.folder(), home.portsInUse(settings), settings));
    }

    private boolean tryQuiet() {
        try {
            return starting.writeLock().tryLock(1, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return true;
        }
    }

    /** Ends what is being waited for that is not a part: a download, the making of a database. */
    private void endOtherChildren() {
        Set<Long> parts = Arrays.stream(Part.values())
                .flatMap(part -> home.folder().process(part).running().stream())
                .map(ProcessIdentity::pid)
                .collect(Collectors.toSet());
        ProcessHandle.current()
                .children()
                .filter(child -> !parts.contains(child.pid()))
                .forEach(ProcessHandle::destroy);
    }
}
