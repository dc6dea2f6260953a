package io.millrace.consumer.letters;

import com.clickhouse.client.api.ClickHouseException;
import io.millrace.kit.breaker.BreakerOpen;
import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.ProblemException;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.apache.kafka.common.KafkaException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;

/** What a request can be refused with; each constant's name in lower case is the problem's code. */
enum LetterProblem {
    FILTER_INVALID(HttpStatus.BAD_REQUEST, "A filter is not of the form it must have"),
    LIMIT_INVALID(HttpStatus.BAD_REQUEST, "limit is no number of letters"),
    BODY_INVALID(HttpStatus.BAD_REQUEST, "The body is not the JSON object this takes"),
    TENANT_UNKNOWN(HttpStatus.BAD_REQUEST, "There is no such tenant"),
    LETTER_UNKNOWN(HttpStatus.NOT_FOUND, "There is no such letter"),
    REPLAY_IN_PROGRESS(HttpStatus.CONFLICT, "Another replay is at work"),
    CLICKHOUSE_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "ClickHouse does not answer"),
    POSTGRES_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "PostgreSQL does not answer"),
    KAFKA_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "Kafka does not take the letters");

    private static final Logger LOG = LoggerFactory.getLogger(LetterProblem.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final HttpStatus status;
    private final String title;

    LetterProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    ProblemException because(String detail) {
        return problem(detail).toException();
    }

    private Problem problem(String detail) {
        Problem problem = Problem.of(status, code(), title).withDetail(detail);
        return status == HttpStatus.CONFLICT || status == HttpStatus.SERVICE_UNAVAILABLE
                ? problem.withRetryAfter(RETRY_AFTER)
                : problem;
    }

    /** {@return what a failure means to the one who asked; what is none of the servers' stays as it is} */
    static Throwable of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        return switch (cause) {
            case BreakerOpen e ->
                CLICKHOUSE_UNAVAILABLE
                        .problem("Ask again later")
                        .withRetryAfter(e.retryAfter())
                        .toException(e);
            case ClickHouseException _ -> CLICKHOUSE_UNAVAILABLE.away(cause, "Ask again later");
            case DataAccessException _, R2dbcException _ -> POSTGRES_UNAVAILABLE.away(cause, "Ask again later");
            case KafkaException _ ->
                KAFKA_UNAVAILABLE.away(
                        cause, "Some letters may have been replayed: ask again, none is replayed a second time");
            default -> cause;
        };
    }

    private Throwable away(Throwable cause, String detail) {
        LOG.warn("{}: {}", title, cause.toString());
        return problem(detail).toException(cause);
    }
}
