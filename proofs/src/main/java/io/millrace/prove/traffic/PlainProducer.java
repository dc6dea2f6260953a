package io.millrace.prove.traffic;

import java.time.Clock;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.SplittableRandom;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * An idempotent producer as the door has it. A replay is a client's retry, which it makes itself; nothing is half-done;
 * at its end everything sent is acknowledged.
 */
final class PlainProducer implements Runnable {
    private static final int STEP_RECORDS = 20;
    private static final int PER_THOUSAND = 1_000;

    private final KafkaProducer<byte[], byte[]> producer;
    private final EventDraw events;
    private final MalformedDraw malformed;
    private final SplittableRandom random;
    private final RetryQueue retries;
    private final Pace pace;
    /** Events know milliseconds. */
    private final InstantSource clock = Clock.tickMillis(ZoneOffset.UTC);

    private final AtomicLong sent = new AtomicLong();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong failed = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();

    PlainProducer(String servers, Seed seed, int recordsPerSecond) {
        this.producer = Producers.plain(servers);
        this.events = new EventDraw(seed.random("events"));
        this.malformed = new MalformedDraw(seed.random("malformed"));
        this.random = seed.random("kinds");
        this.retries = new RetryQueue(seed.random("retries"), recordsPerSecond * TrafficTerms.RETRY_SECONDS_MAX);
        this.pace = new Pace(recordsPerSecond);
    }

    @Override
    public void run() {
        while (!done.get()) {
            for (int i = 0; i < STEP_RECORDS; i++) {
                send(next());
            }
            pace.await(STEP_RECORDS);
        }
        for (ProducerRecord<byte[], byte[]> rest = retries.due(Long.MAX_VALUE);
                rest != null;
                rest = retries.due(Long.MAX_VALUE)) {
            send(rest);
        }
        producer.flush();
        producer.close();
    }

    private ProducerRecord<byte[], byte[]> next() {
        ProducerRecord<byte[], byte[]> again = retries.due(sent.get());
        if (again != null) {
            return again;
        }
        if (random.nextInt(PER_THOUSAND) < TrafficTerms.MALFORMED_PER_THOUSAND) {
            return malformed.next(clock.instant());
        }
        ProducerRecord<byte[], byte[]> record = events.protobuf(clock.instant());
        retries.consider(record, sent.get());
        return record;
    }

    private void send(ProducerRecord<byte[], byte[]> record) {
        sent.incrementAndGet();
        Future<?> _ =
                producer.send(record, (_, problem) -> (problem == null ? acknowledged : failed).incrementAndGet());
    }

    void hurry() {
        pace.hurry();
    }

    void finish() {
        done.set(true);
    }

    long sent() {
        return sent.get();
    }

    long acknowledged() {
        return acknowledged.get();
    }

    /** Whose fate is unknown: they may be in the log. */
    long failed() {
        return failed.get();
    }
}
