package io.millrace.kit.eventlog;

import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import reactor.core.publisher.Mono;
import reactor.util.retry.Retry;

/** Makes a starting service wait for one answer. Only ever called on the thread that starts the application. */
public final class StartCheck {
    private static final Logger LOG = LoggerFactory.getLogger(StartCheck.class);
    /** Longer than any server takes that is there. */
    private static final Duration ATTEMPT = Duration.ofSeconds(10);

    private static final Duration PAUSE = Duration.ofMillis(500);

    private final Duration patience;

    StartCheck(StartSettings settings) {
        this.patience = settings.patience();
    }

    /**
     * The answer, asked for again and again while the server is away.
     *
     * @param server its name, for the message
     * @throws StartRefused as {@code question} ends with it, or when the server stayed away
     */
    public <T> T await(String server, Mono<T> question) {
        long startNanos = System.nanoTime();
        T answer = question.timeout(ATTEMPT)
                .retryWhen(Retry.fixedDelay(Long.MAX_VALUE, PAUSE)
                        .filter(error ->
                                !(error instanceof StartRefused) && System.nanoTime() - startNanos < patience.toNanos())
                        .doBeforeRetry(signal -> {
                            if (signal.totalRetries() == 0) {
                                LOG.info("waiting for {}: {}", server, cause(signal.failure()));
                            }
                        }))
                .onErrorMap(error -> error instanceof StartRefused ? error : away(server, error))
                .block();
        if (answer == null) {
            throw new IllegalStateException("the check of " + server + " came to nothing");
        }
        return answer;
    }

    private StartRefused away(String server, Throwable failure) {
        StartRefused refused = new StartRefused(
                server + " could not be asked within " + patience + ": " + cause(failure),
                "See that it runs, and that this service's settings name it");
        refused.addSuppressed(failure);
        return refused;
    }

    private static String cause(Throwable failure) {
        return NestedExceptionUtils.getMostSpecificCause(failure).toString();
    }
}
