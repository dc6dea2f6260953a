package io.millrace.analytics;

import io.micrometer.core.instrument.Tags;
import io.millrace.analytics.store.StoredTable;
import io.millrace.kit.metrics.Meters;
import io.millrace.kit.problem.ProblemException;
import java.time.Duration;
import java.util.function.Supplier;
import reactor.core.publisher.Mono;

/** How many questions there were, of which kind, from which table, how they ended and how long they took. */
final class QuestionMeters {
    static final String NAME = "millrace.analytics.questions";

    private static final String HELP = "Time to answer questions, from their parameters to the bytes of the answer";
    private static final Duration LONGEST = Duration.ofSeconds(30);

    /** No table was asked, or none was chosen before it failed. */
    private static final String NO_TABLE = "none";

    private final Meters meters;

    QuestionMeters(Meters meters) {
        this.meters = meters;
    }

    /** A result with the table it came from. */
    record Measured<T>(StoredTable table, T result) {}

    /** Runs a question and measures it. */
    <T> Mono<T> measured(Endpoint endpoint, Supplier<Mono<Measured<T>>> question) {
        return Mono.defer(() -> {
            long start = System.nanoTime();
            return Mono.defer(question)
                    .doOnError(error -> record(endpoint, NO_TABLE, outcome(error), start))
                    .doOnCancel(() -> record(endpoint, NO_TABLE, "cancelled", start))
                    .map(measured -> {
                        record(endpoint, measured.table().table(), "answered", start);
                        return measured.result();
                    });
        });
    }

    private void record(Endpoint endpoint, String table, String outcome, long startNanos) {
        meters.timer(NAME, HELP, LONGEST, Tags.of("endpoint", endpoint.wire(), "table", table, "outcome", outcome))
                .record(Duration.ofNanos(System.nanoTime() - startNanos));
    }

    private static String outcome(Throwable error) {
        return error instanceof ProblemException e ? e.problem().code() : "failed";
    }
}
