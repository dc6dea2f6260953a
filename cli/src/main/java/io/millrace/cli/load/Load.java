package io.millrace.cli.load;

import io.millrace.cli.door.Batch;
import io.millrace.cli.door.BatchBuilder;
import io.millrace.cli.door.BatchLimits;
import io.millrace.cli.door.Delivery;
import io.millrace.cli.door.Door;
import io.millrace.cli.door.DoorException;
import io.millrace.cli.door.Pace;
import io.millrace.event.EventLimits;
import io.millrace.event.InvalidEvent;
import java.io.IOException;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;

/**
 * One input's way through the door. For one thread and one use.
 *
 * <p>Run again over the same input it changes nothing for events with an {@code event_id}; those without one count
 * once as long as the run's name and the batch limits are the same. When it stops early, what was read before has been
 * sent and is in the tally.
 */
public final class Load {
    /** No longer line can be an event, so it need not travel. */
    static final int LINE_BYTES_MAX = EventLimits.EVENT_BYTES_MAX;

    /**
     * How to send.
     *
     * @param limits of each batch
     * @param inFlightMax batches under way at once
     * @param eventsPerSecond no faster than this, if given
     * @param run what keeps the derived ids of this run's events apart from another's
     */
    public record Options(BatchLimits limits, int inFlightMax, OptionalLong eventsPerSecond, String run) {
        private static final int PACED_BATCHES_PER_SECOND = 10;

        /** Small enough batches that a slow rate is not one burst now and then. */
        BatchLimits pacedLimits() {
            long events = eventsPerSecond.isPresent()
                    ? Math.max(1, eventsPerSecond.getAsLong() / PACED_BATCHES_PER_SECOND)
                    : limits.eventsMax();
            return new BatchLimits((int) Math.min(events, limits.eventsMax()), limits.bytesMax());
        }
    }

    private final EventInput input;
    private final LineReader lines;
    private final LoadTally tally;
    private final Options options;
    private final BatchBuilder builder;
    private final long[] numbers;
    private final Optional<Pace> pace;

    /** Begins at the input's start. */
    public Load(EventInput input, Options options, LoadTally tally) {
        this.input = input;
        this.lines = new LineReader(input, LINE_BYTES_MAX);
        this.tally = tally;
        this.options = options;
        BatchLimits limits = options.pacedLimits();
        this.builder = new BatchBuilder(limits);
        this.numbers = new long[limits.eventsMax()];
        this.pace = options.eventsPerSecond().isPresent()
                ? Optional.of(new Pace(options.eventsPerSecond().getAsLong(), limits.eventsMax(), System.nanoTime()))
                : Optional.empty();
    }

    /**
     * Sends all lines and waits until each is accounted for.
     *
     * @param progressBytes is told how much of the file has been read
     * @throws IOException when the input ends in an error; all lines before that have been sent
     * @throws DoorException when a batch could not be settled; others may have been
     */
    public void run(Door door, LongConsumer progressBytes) throws IOException, DoorException, InterruptedException {
        try (Delivery<SentLines> delivery = new Delivery<>(door, options.inFlightMax(), tally::add)) {
            try {
                sendLines(delivery, progressBytes);
            } catch (IOException | DoorException e) {
                settleRest(delivery, e);
                throw e;
            }
            delivery.finish();
        }
    }

    /** What is under way when the reading stops is still waited for, so that the tally says what became of it. */
    private static void settleRest(Delivery<SentLines> delivery, Exception reason) throws InterruptedException {
        try {
            delivery.finish();
        } catch (DoorException e) {
            reason.addSuppressed(e);
        }
    }

    /** Lines read to their end so far, blank ones included. */
    public long linesRead() {
        return lines.linesRead();
    }

    private void sendLines(Delivery<SentLines> delivery, LongConsumer progressBytes)
            throws IOException, DoorException, InterruptedException {
        try {
            for (Line line = lines.next(); line != null; line = lines.next()) {
                if (!line.isWhole()) {
                    tally.reject(tooLong(line));
                    continue;
                }
                if (!builder.fits(line.text().length)) {
                    flush(delivery);
                    progressBytes.accept(input.bytesRead());
                }
                numbers[builder.events()] = line.number();
                builder.add(line.text(), 0, line.text().length);
            }
        } catch (InputException e) {
            flush(delivery);
            throw e;
        }
        flush(delivery);
        progressBytes.accept(input.bytesRead());
    }

    private void flush(Delivery<SentLines> delivery) throws DoorException, InterruptedException {
        if (builder.isEmpty()) {
            return;
        }
        if (pace.isPresent()) {
            TimeUnit.NANOSECONDS.sleep(pace.get().nanosUntil(builder.events(), System.nanoTime()));
            pace.get().take(builder.events());
        }
        long[] batchNumbers = Arrays.copyOf(numbers, builder.events());
        Batch batch = builder.build(options.run() + "-" + batchNumbers[0]);
        delivery.send(batch, new SentLines(batch, batchNumbers));
    }

    private static RejectedLine tooLong(Line line) {
        String detail = "the line has " + line.bytes() + " bytes, and an event at most " + LINE_BYTES_MAX;
        return new RejectedLine(line, InvalidEvent.Code.EVENT_TOO_LARGE.wire(), detail);
    }
}
