package io.millrace.retention;

import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.ProblemException;
import io.r2dbc.spi.R2dbcException;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;

/** What a request can be refused with; each constant's name in lower case is the problem's code. */
enum LifecycleProblem {
    BODY_INVALID(HttpStatus.BAD_REQUEST, "The body is not the JSON object this takes"),
    KEEP_DAYS_INVALID(HttpStatus.BAD_REQUEST, "keep_days is no number of days to keep something"),
    DRY_RUN_MISSING(HttpStatus.BAD_REQUEST, "dry_run is required"),
    LIMIT_INVALID(HttpStatus.BAD_REQUEST, "limit is no number of runs to list"),
    DATA_SET_UNKNOWN(HttpStatus.NOT_FOUND, "There is no such data set"),
    RUN_UNKNOWN(HttpStatus.NOT_FOUND, "There is no such run"),
    RUN_IN_PROGRESS(HttpStatus.CONFLICT, "Another run is at work"),
    POSTGRES_UNAVAILABLE(HttpStatus.SERVICE_UNAVAILABLE, "PostgreSQL does not answer");

    private static final Logger LOG = LoggerFactory.getLogger(LifecycleProblem.class);
    private static final Duration RETRY_AFTER = Duration.ofSeconds(5);

    private final HttpStatus status;
    private final String title;

    LifecycleProblem(HttpStatus status, String title) {
        this.status = status;
        this.title = title;
    }

    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    int status() {
        return status.value();
    }

    ProblemException because(String detail) {
        return problem(detail).toException();
    }

    private Problem problem(String detail) {
        Problem problem = Problem.of(status, code(), title).withDetail(detail);
        return this == RUN_IN_PROGRESS || this == POSTGRES_UNAVAILABLE ? problem.withRetryAfter(RETRY_AFTER) : problem;
    }

    /** {@return what a failure means to the one who asked; what is not PostgreSQL's stays as it is} */
    static Throwable of(Throwable failure) {
        Throwable cause =
                failure instanceof CompletionException && failure.getCause() != null ? failure.getCause() : failure;
        if (cause instanceof DataAccessException || cause instanceof R2dbcException) {
            LOG.warn("PostgreSQL does not answer: {}", cause.toString());
            return POSTGRES_UNAVAILABLE.problem("Ask again later").toException(cause);
        }
        return cause;
    }
}
