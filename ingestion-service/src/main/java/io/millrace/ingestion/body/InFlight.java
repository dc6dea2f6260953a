package io.millrace.ingestion.body;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/** How much of requests is held at once, over all of them. */
public final class InFlight {
    private final Supplier<Duration> roomIn;
    private final long bytesMax;
    private final long requestsMax;
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicLong requests = new AtomicLong();

    /**
     * Without any.
     *
     * @param roomIn when most of what is held will not be any more
     */
    InFlight(long bytesMax, long requestsMax, Supplier<Duration> roomIn) {
        this.roomIn = roomIn;
        this.bytesMax = bytesMax;
        this.requestsMax = requestsMax;
    }

    /**
     * Opens the share of one request.
     *
     * @throws io.millrace.kit.problem.ProblemException 503 {@code overloaded} when there are too many
     */
    public Share open() {
        if (requests.incrementAndGet() > requestsMax) {
            requests.decrementAndGet();
            throw BodyProblems.overloaded(roomIn.get()).toException();
        }
        return new Share();
    }

    public long bytes() {
        return bytes.get();
    }

    public long requests() {
        return requests.get();
    }

    /** What one request holds. Closing it twice gives back once. */
    public final class Share implements AutoCloseable {
        private long held;
        private boolean closed;

        /**
         * Takes more.
         *
         * @throws io.millrace.kit.problem.ProblemException 503 {@code overloaded} when there is no room
         */
        synchronized void take(int more) {
            if (closed) {
                throw new IllegalStateException("the request has ended");
            }
            if (bytes.addAndGet(more) > bytesMax) {
                bytes.addAndGet(-more);
                throw BodyProblems.overloaded(roomIn.get()).toException();
            }
            held += more;
        }

        @Override
        public synchronized void close() {
            if (!closed) {
                closed = true;
                bytes.addAndGet(-held);
                requests.decrementAndGet();
            }
        }
    }
}
