package io.millrace.prove.door;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Clients that send batches of events with ids of their own, one batch after the other, and each again with the same ids
 * until it is accepted: after an answer that says to come again, and after none.
 */
final class RetryingClients implements AutoCloseable {
    private static final int CLIENTS = 6;
    private static final int BATCH = 20;
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(30);

    /** Less than any {@code Retry-After}: to be under way when things come back is what is wanted here. */
    private static final Duration PAUSE = Duration.ofMillis(200);

    private final URI events;
    private final String key;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Set<String> sent = ConcurrentHashMap.newKeySet();
    private final Set<String> accepted = ConcurrentHashMap.newKeySet();
    private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
    private final AtomicLong refused = new AtomicLong();
    private final AtomicLong unanswered = new AtomicLong();
    private final ExecutorService threads = Executors.newFixedThreadPool(CLIENTS);
    private final List<Future<?>> running = new ArrayList<>();
    private volatile boolean done;

    /** Begin at once. */
    RetryingClients(URI url, String key) {
        this.events = url.resolve("/v1/events");
        this.key = key;
        for (int client = 0; client < CLIENTS; client++) {
            running.add(threads.submit(() -> {
                send();
                return null;
            }));
        }
    }

    private void send() throws InterruptedException {
        while (!done) {
            List<String> ids = IntStream.range(0, BATCH)
                    .mapToObj(_ -> UUID.randomUUID().toString())
                    .toList();
            sent.addAll(ids);
            HttpRequest request = request(ids);
            while (!isAccepted(request)) {
                Thread.sleep(PAUSE);
            }
            accepted.addAll(ids);
        }
    }

    private HttpRequest request(List<String> ids) {
        String body = ids.stream()
                .map("{\"event_id\":\"%s\",\"event_type\":\"retried\"}"::formatted)
                .collect(Collectors.joining(",", "[", "]"));
        return HttpRequest.newBuilder(events)
                .header("Authorization", "Bearer " + key)
                .header("Content-Type", "application/json")
                .timeout(ANSWER_WITHIN)
                .POST(BodyPublishers.ofString(body))
                .build();
    }

    private boolean isAccepted(HttpRequest request) throws InterruptedException {
        try {
            HttpResponse<String> answer = http.send(request, BodyHandlers.ofString());
            if (answer.statusCode() == 202) {
                complainUnless(answer.body().contains("\"accepted\":" + BATCH), answer);
                return true;
            }
            boolean mayRetry = switch (answer.statusCode()) {
                case 429, 502, 503, 504 ->
                    answer.headers().firstValue("Retry-After").isPresent();
                default -> false;
            };
            complainUnless(mayRetry, answer);
            refused.incrementAndGet();
        } catch (IOException noAnswer) {
            unanswered.incrementAndGet();
        }
        return false;
    }

    private void complainUnless(boolean right, HttpResponse<String> answer) {
        if (!right) {
            complaints.add(answer + " " + answer.headers().map() + " " + answer.body());
        }
    }

    /** Lets every client end its batch. */
    void finish() throws InterruptedException, ExecutionException {
        done = true;
        for (Future<?> client : running) {
            client.get();
        }
    }

    /** Every id that was sent, whatever came of it. */
    Set<String> sent() {
        return sent;
    }

    /** Those that were accepted in the end. */
    Set<String> accepted() {
        return accepted;
    }

    /** Answers that are neither an acceptance nor say when to come again. */
    Queue<String> complaints() {
        return complaints;
    }

    /** Answers that say when to come again. */
    long refused() {
        return refused.get();
    }

    /** Requests that got no answer. */
    long unanswered() {
        return unanswered.get();
    }

    @Override
    public void close() {
        done = true;
        threads.shutdownNow();
        http.shutdownNow();
    }
}
