package io.millrace.cli.door;

import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.BiConsumer;

/**
 * Keeps a few batches on their way at once and hands on their replies in the order they were sent, on the caller's
 * thread. The oldest batch still under way holds back new ones: that is the back-pressure. For one thread.
 *
 * <p>After a batch has failed the others may still succeed: {@link #finish} waits for each of them. {@link #close}
 * waits for none.
 *
 * @param <T> what the caller wants to know a batch by when its reply comes
 */
public final class Delivery<T> implements AutoCloseable {
    public static final int IN_FLIGHT_DEFAULT = 4;
    public static final int IN_FLIGHT_MAX = 64;

    private record Sent<T>(T about, Future<Reply> reply) {}

    private final Door door;
    private final int inFlightMax;
    private final BiConsumer<T, Reply> receipts;
    private final ArrayDeque<Sent<T>> underWay = new ArrayDeque<>();
    private final ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor();

    /**
     * Begins with nothing under way.
     *
     * @param inFlightMax batches under way at once, up to {@value #IN_FLIGHT_MAX}
     * @param receipts gets each reply, with what {@link #send} was told about its batch
     */
    public Delivery(Door door, int inFlightMax, BiConsumer<T, Reply> receipts) {
        if (inFlightMax < 1 || inFlightMax > IN_FLIGHT_MAX) {
            throw new IllegalArgumentException("1 to " + IN_FLIGHT_MAX + " in flight, not " + inFlightMax);
        }
        this.door = door;
        this.inFlightMax = inFlightMax;
        this.receipts = receipts;
    }

    /**
     * Sends a batch, waiting for the oldest one if too many are under way.
     *
     * @throws DoorException when an earlier batch failed; this one has not been sent then
     */
    public void send(Batch batch, T about) throws DoorException, InterruptedException {
        while (underWay.size() == inFlightMax) {
            collectOldest();
        }
        collectDone();
        underWay.add(new Sent<>(about, executor.submit(() -> door.send(batch))));
    }

    /** Hands on the replies that have come, without waiting for more. */
    public void collectDone() throws DoorException, InterruptedException {
        while (!underWay.isEmpty() && underWay.getFirst().reply().isDone()) {
            collectOldest();
        }
    }

    /**
     * Waits for everything under way.
     *
     * @throws DoorException the first failure, after all replies that came have been handed on
     */
    public void finish() throws DoorException, InterruptedException {
        DoorException first = null;
        while (!underWay.isEmpty()) {
            try {
                collectOldest();
            } catch (DoorException e) {
                first = first == null ? e : first;
            }
        }
        if (first != null) {
            throw first;
        }
    }

    @Override
    public void close() {
        executor.shutdownNow();
    }

    private void collectOldest() throws DoorException, InterruptedException {
        Sent<T> oldest = underWay.removeFirst();
        try {
            receipts.accept(oldest.about(), oldest.reply().get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof DoorException failure) {
                throw failure;
            }
            throw new IllegalStateException("a sender failed", e.getCause());
        }
    }
}
