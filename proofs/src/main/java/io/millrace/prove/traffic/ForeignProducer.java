package io.millrace.prove.traffic;

import java.time.Clock;
import java.time.Duration;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.jspecify.annotations.Nullable;

/**
 * Another system's transactional producer, writing JSON: small transactions, one in five of which it takes back. Half of
 * what it took back it writes again later. A transaction whose end it did not see is begun anew with the same events,
 * which makes them retries if the first one did take effect.
 */
final class ForeignProducer implements Runnable {
    private static final int RECORDS_MIN = 5;
    private static final int RECORDS_MAX = 50;
    private static final int ABORT_PERCENT = 20;
    private static final int REPEAT_PERCENT = 50;
    private static final Duration AT_ONCE = Duration.ZERO;

    private final String servers;
    private final String name;
    private final EventDraw events;
    private final SplittableRandom random;
    private final Pace pace;
    /** Events know milliseconds. */
    private final InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);

    private final AtomicLong committed = new AtomicLong();
    private final AtomicLong uncertain = new AtomicLong();
    private final AtomicLong aborted = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();
    private @Nullable KafkaProducer<byte[], byte[]> producer;

    ForeignProducer(String servers, Seed seed, int recordsPerSecond) {
        this.servers = servers;
        this.name = "foreign-" + seed;
        this.events = new EventDraw(seed.random("foreign events"));
        this.random = seed.random("foreign transactions");
        this.pace = new Pace(recordsPerSecond);
    }

    @Override
    public void run() {
        List<ProducerRecord<byte[], byte[]>> batch = fresh();
        while (!done.get()) {
            if (random.nextInt(100) < ABORT_PERCENT) {
                abort(batch);
                batch = random.nextInt(100) < REPEAT_PERCENT ? batch : fresh();
            } else {
                commit(batch);
                batch = fresh();
            }
            pace.await(batch.size());
        }
        close();
    }

    private List<ProducerRecord<byte[], byte[]>> fresh() {
        List<ProducerRecord<byte[], byte[]>> batch = new ArrayList<>();
        for (int left = random.nextInt(RECORDS_MIN, RECORDS_MAX); left > 0; left--) {
            batch.add(events.json(clock.instant()));
        }
        return batch;
    }

    private void commit(List<ProducerRecord<byte[], byte[]>> batch) {
        while (!Thread.currentThread().isInterrupted()) {
            try {
                begin(batch).commitTransaction();
                committed.addAndGet(batch.size());
                return;
            } catch (KafkaException e) {
                // It may have taken effect all the same.
                uncertain.addAndGet(batch.size());
                close();
            }
        }
    }

    private void abort(List<ProducerRecord<byte[], byte[]>> batch) {
        try {
            KafkaProducer<byte[], byte[]> open = begin(batch);
            open.flush();
            open.abortTransaction();
        } catch (KafkaException e) {
            // Whoever opens the next one under this name takes it back.
            close();
        }
        aborted.addAndGet(batch.size());
    }

    private KafkaProducer<byte[], byte[]> begin(List<ProducerRecord<byte[], byte[]>> batch) {
        KafkaProducer<byte[], byte[]> open = producer;
        if (open == null) {
            open = Producers.transactional(servers, name);
            producer = open;
            open.initTransactions();
        }
        open.beginTransaction();
        for (ProducerRecord<byte[], byte[]> record : batch) {
            // The end of the transaction answers for all of it.
            Future<?> _ = open.send(RetryQueue.copy(record));
        }
        return open;
    }

    private void close() {
        if (producer != null) {
            producer.close(AT_ONCE);
            producer = null;
        }
    }

    void hurry() {
        pace.hurry();
    }

    void finish() {
        done.set(true);
    }

    long committed() {
        return committed.get();
    }

    /** Of transactions whose end was not seen: they may be in the log. */
    long uncertain() {
        return uncertain.get();
    }

    long aborted() {
        return aborted.get();
    }
}
