package io.millrace.cli.door;

import io.millrace.event.InvalidEvent;
import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Sends batches through {@code POST /v1/events}. Safe for use by several threads.
 *
 * <p>A batch is tried again with the same bytes and the same {@code Idempotency-Key}, after an answer that never came
 * too, so that events which the door had taken already count once. Half-done batches do not exist: the door accounts
 * for each event of a request, or for none. After {@link #close} no try begins.
 */
public final class Door implements AutoCloseable {
    private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(5);

    /** Longer than the door itself waits for Kafka, so that its own answer comes first. */
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(45);

    private final DoorAddress address;
    private final Patience patience;
    private final InstantSource clock;
    private final HttpClient http = HttpClient.newBuilder()
            // An upgrade to HTTP/2 in plain text would cost every first request a round and its body twice.
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(CONNECT_TIMEOUT)
            .build();

    public Door(DoorAddress address, Patience patience, InstantSource clock) {
        this.address = address;
        this.patience = patience;
        this.clock = clock;
    }

    /**
     * Sends a batch and waits until the door has judged each of its events. A batch that is larger than this door
     * takes goes in halves; a single event that is too large comes back as rejected.
     *
     * @throws DoorException when the door refuses the batch for ever, or patience ends first
     */
    public Reply send(Batch batch) throws DoorException, InterruptedException {
        return switch (persist(batch.body(), batch.events(), batch.idempotencyKey())) {
            case Verdict.Settled(Reply reply) -> reply;
            case Verdict.TooLarge(String reason) -> sendInParts(batch, reason);
            case Verdict.Denied(String reason) ->
                throw new DoorException(address + " does not admit the key: " + reason);
            case Verdict.Never(String reason) -> throw new DoorException(address + " refused: " + reason);
            case Verdict.Later(String reason, Duration _) -> throw new DoorException(address + " gave up: " + reason);
        };
    }

    /**
     * Whether the door knows this key, by a request without events.
     *
     * @throws DoorException when the door cannot be reached within patience
     */
    public boolean admits() throws DoorException, InterruptedException {
        return switch (persist(new byte[0], 0, "probe")) {
            case Verdict.Denied _ -> false;
            case Verdict.Later(String reason, Duration _) -> throw new DoorException(address + " gave up: " + reason);
            default -> true;
        };
    }

    @Override
    public void close() {
        http.shutdownNow();
    }

    private Reply sendInParts(Batch batch, String reason) throws DoorException, InterruptedException {
        if (batch.events() == 1) {
            return new Reply(0, List.of(new Rejection(0, InvalidEvent.Code.EVENT_TOO_LARGE.wire(), reason)));
        }
        List<Batch> halves = batch.halves();
        Reply first = send(halves.getFirst());
        return first.and(send(halves.getLast()), halves.getFirst().events());
    }

    /** Tries until the verdict is not {@code Later}, or patience ends and it is. */
    private Verdict persist(byte[] body, int events, String idempotencyKey) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.events())
                .header("authorization", "Bearer " + address.key())
                .header("content-type", "application/x-ndjson")
                .header("idempotency-key", idempotencyKey)
                .timeout(ANSWER_TIMEOUT)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
        long startedNanos = System.nanoTime();
        for (int failures = 1; ; failures++) {
            Verdict verdict = attempt(request, events);
            if (!(verdict instanceof Verdict.Later(String reason, Duration asked))) {
                return verdict;
            }
            Duration spent = Duration.ofNanos(System.nanoTime() - startedNanos);
            double chance = ThreadLocalRandom.current().nextDouble();
            Optional<Duration> pause = patience.pause(failures, spent, asked, chance);
            if (pause.isEmpty()) {
                return new Verdict.Later(
                        reason + " (tried " + failures + " times in " + spent.toSeconds() + " s)", asked);
            }
            TimeUnit.NANOSECONDS.sleep(pause.get().toNanos());
        }
    }

    private Verdict attempt(HttpRequest request, int events) throws InterruptedException {
        try {
            return Judgement.of(Answer.of(http.send(request, BodyHandlers.ofString())), events, clock.instant());
        } catch (ConnectException e) {
            return isUnknownHost(e)
                    ? new Verdict.Never("there is no host of that name")
                    : new Verdict.Later("cannot connect", Duration.ZERO);
        } catch (IOException e) {
            return new Verdict.Later("no answer: " + e, Duration.ZERO);
        }
    }

    private static boolean isUnknownHost(ConnectException e) {
        return Stream.iterate((Throwable) e, Objects::nonNull, Throwable::getCause)
                .anyMatch(UnresolvedAddressException.class::isInstance);
    }
}
