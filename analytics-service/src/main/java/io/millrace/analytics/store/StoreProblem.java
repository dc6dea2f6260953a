package io.millrace.analytics.store;

import com.clickhouse.client.api.ClickHouseException;
import com.clickhouse.client.api.ServerException;
import io.millrace.kit.breaker.BreakerOpen;
import io.millrace.kit.problem.Problem;
import java.time.Duration;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;

/** Why the store did not answer; each constant's name in lower case is the problem's code. */
enum StoreProblem {
    CLICKHOUSE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "ClickHouse does not answer"),
    CLICKHOUSE_OVERLOADED(HttpStatus.SERVICE_UNAVAILABLE, "ClickHouse has more to do than it can"),
    TOO_MANY_QUESTIONS(HttpStatus.TOO_MANY_REQUESTS, "The tenant asks too many questions at once"),
    QUESTION_TOO_SLOW(HttpStatus.GATEWAY_TIMEOUT, "The question took too long"),
    QUESTION_TOO_HEAVY(HttpStatus.UNPROCESSABLE_CONTENT, "The question needs too much memory"),
    ANSWER_TOO_LARGE(HttpStatus.UNPROCESSABLE_CONTENT, "The answer has too many points or groups");

    private static final Logger LOG = LoggerFactory.getLogger(StoreProblem.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);
    private static final Duration RETRY_SOON = Duration.ofSeconds(1);

    private final HttpStatus status;
    private final String title;

    StoreProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    /** {@return the code, stable over releases} */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    Problem because(String detail) {
        Problem problem = Problem.of(status, code(), title).withDetail(detail);
        return switch (status) {
            case SERVICE_UNAVAILABLE -> problem.withRetryAfter(RETRY_AFTER);
            case TOO_MANY_REQUESTS -> problem.withRetryAfter(RETRY_SOON);
            default -> problem;
        };
    }

    /** {@return what a failed call means to the one who asked; what is not the store's failure stays as it is} */
    static Throwable of(Throwable failure) {
        return switch (failure) {
            case BreakerOpen e ->
                CLICKHOUSE_UNAVAILABLE
                        .because("Ask again later")
                        .withRetryAfter(e.retryAfter())
                        .toException(e);
            case ServerException e -> ofServer(e);
            case ClickHouseException e -> {
                LOG.warn("ClickHouse does not answer: {}", String.valueOf(e.getCause() == null ? e : e.getCause()));
                yield CLICKHOUSE_UNAVAILABLE.because("Ask again later").toException(e);
            }
            default -> failure;
        };
    }

    /** By the codes of ClickHouse's {@code ErrorCodes.cpp}. */
    private static Throwable ofServer(ServerException e) {
        return switch (e.getCode()) {
            // TIMEOUT_EXCEEDED, TOO_SLOW
            case 159, 160 -> QUESTION_TOO_SLOW.because("Shorten the range").toException(e);
            // TOO_MANY_ROWS_OR_BYTES
            case 396 ->
                ANSWER_TOO_LARGE
                        .because("Shorten the range, lengthen the interval or name the event types")
                        .toException(e);
            // MEMORY_LIMIT_EXCEEDED: of this question, or of the whole server
            case 241 ->
                String.valueOf(e.getMessage()).contains("(total)")
                        ? CLICKHOUSE_OVERLOADED.because("Ask again later").toException(e)
                        : QUESTION_TOO_HEAVY
                                .because("Shorten the range or name the event types")
                                .toException(e);
            // TOO_MANY_SIMULTANEOUS_QUERIES
            case 202 -> CLICKHOUSE_OVERLOADED.because("Ask again later").toException(e);
            // AUTHENTICATION_FAILED, ABORTED and UNKNOWN_TABLE or UNKNOWN_DATABASE: our set-up or its shutdown
            case 516, 236, 60, 81 -> {
                LOG.warn("ClickHouse refuses: {}", e.getMessage());
                yield CLICKHOUSE_UNAVAILABLE.because("Ask again later").toException(e);
            }
            default -> e;
        };
    }
}
