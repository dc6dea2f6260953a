package io.millrace.analytics.question;

import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.ProblemException;
import java.util.Locale;
import org.springframework.http.HttpStatus;

/** Why a request is no question; each constant's name in lower case is the problem's code. All are 400. */
enum QuestionProblem {
    PARAMETER_UNKNOWN("There is no such parameter here"),
    PARAMETER_REPEATED("A parameter is given more than once"),
    FROM_MISSING("from is required"),
    FROM_INVALID("from is no RFC 3339 date-time"),
    TO_MISSING("to is required"),
    TO_INVALID("to is no RFC 3339 date-time"),
    RANGE_INVALID("to is before from"),
    RANGE_TOO_LONG("The range is too long"),
    EVENT_TYPE_INVALID("event_type is not the name of a type"),
    EVENT_TYPES_TOO_MANY("Too many event types are named"),
    INTERVAL_MISSING("interval is required"),
    INTERVAL_INVALID("interval is none of those there are"),
    TIMEZONE_INVALID("timezone is no time zone"),
    FILL_INVALID("fill is none of those there are"),
    POINTS_TOO_MANY("The answer would have too many points"),
    AFTER_INVALID("after is no position of this log"),
    ORDER_BY_INVALID("order_by is nothing to order by"),
    LIMIT_INVALID("limit is no number of groups"),
    GROUP_BY_UNSUPPORTED("group_by names something that cannot be grouped by");

    private final String title;

    QuestionProblem(String title) {
        this.title = title;
    }

    /** {@return the code, stable over releases} */
    String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    ProblemException because(String detail) {
        return Problem.of(HttpStatus.BAD_REQUEST, code(), title)
                .withDetail(detail)
                .toException();
    }
}
