package io.millrace.analytics.question;

import io.millrace.event.EventLimits;
import io.millrace.log.LogTerms;
import io.millrace.log.PositionVector;
import io.millrace.log.Tenant;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/**
 * Reads questions from the parameters of a request. What is not understood is refused and never passed over: a filter
 * with a spelling mistake would otherwise be answered without the filter.
 */
public final class QuestionParameters {
    private static final String FROM = "from";
    private static final String TO = "to";
    private static final String EVENT_TYPE = "event_type";
    private static final String GROUP_BY = "group_by";
    private static final String INTERVAL = "interval";
    private static final String TIMEZONE = "timezone";
    private static final String FILL = "fill";
    private static final String ORDER_BY = "order_by";
    private static final String LIMIT = "limit";
    private static final String AFTER = "after";

    private static final Set<String> OF_COUNTS = Set.of(FROM, TO, EVENT_TYPE, GROUP_BY, AFTER);
    private static final Set<String> OF_SERIES =
            Set.of(FROM, TO, EVENT_TYPE, GROUP_BY, INTERVAL, TIMEZONE, FILL, AFTER);
    private static final Set<String> OF_TOP = Set.of(FROM, TO, EVENT_TYPE, GROUP_BY, ORDER_BY, LIMIT, AFTER);

    private static final int LIMIT_DEFAULT = 10;

    private final QuestionLimits limits;
    private final LogTerms log;

    /**
     * The parameters of questions to one log.
     *
     * @param log that positions are to be of
     */
    public QuestionParameters(QuestionLimits limits, LogTerms log) {
        this.limits = limits;
        this.log = log;
    }

    /**
     * Reads the question behind {@code /v1/counts}.
     *
     * @throws io.millrace.kit.problem.ProblemException a 400 of {@link QuestionProblem}
     */
    public Question counts(Tenant tenant, MultiValueMap<String, String> parameters) {
        requireKnown(parameters, OF_COUNTS);
        return new Question.Counts(tenant, range(parameters), eventTypes(parameters), groupBy(parameters, GroupBy.ANY));
    }

    /**
     * Reads the question behind {@code /v1/timeseries}.
     *
     * @throws io.millrace.kit.problem.ProblemException a 400 of {@link QuestionProblem}
     */
    public Question timeseries(Tenant tenant, MultiValueMap<String, String> parameters) {
        requireKnown(parameters, OF_SERIES);
        return new Question.Timeseries(
                tenant, points(parameters), eventTypes(parameters), groupBy(parameters, GroupBy.ANY), fill(parameters));
    }

    /**
     * Reads the question behind {@code /v1/uniques}, which has points only when it names an interval.
     *
     * @throws io.millrace.kit.problem.ProblemException a 400 of {@link QuestionProblem}
     */
    public Question uniques(Tenant tenant, MultiValueMap<String, String> parameters) {
        requireKnown(parameters, OF_SERIES);
        boolean series = Stream.of(INTERVAL, TIMEZONE, FILL).anyMatch(parameters::containsKey);
        return new Question.Uniques(
                tenant,
                series ? points(parameters) : new OnePoint(range(parameters)),
                eventTypes(parameters),
                groupBy(parameters, GroupBy.ANY),
                series ? fill(parameters) : Fill.NONE);
    }

    /**
     * Reads the question behind {@code /v1/top}.
     *
     * @throws io.millrace.kit.problem.ProblemException a 400 of {@link QuestionProblem}
     */
    public Question top(Tenant tenant, MultiValueMap<String, String> parameters) {
        requireKnown(parameters, OF_TOP);
        return new Question.Top(
                tenant,
                range(parameters),
                eventTypes(parameters),
                groupBy(parameters, GroupBy.RANKED),
                new Question.Ranking(orderBy(parameters), limit(parameters)));
    }

    /**
     * Reads the position that the answer is to cover, which comes with every kind of question.
     *
     * @throws io.millrace.kit.problem.ProblemException a 400 of {@link QuestionProblem}
     */
    public Optional<PositionVector> after(MultiValueMap<String, String> parameters) {
        String text = single(parameters, AFTER);
        if (text == null) {
            return Optional.empty();
        }
        PositionVector position;
        try {
            position = PositionVector.parse(text);
        } catch (IllegalArgumentException e) {
            throw QuestionProblem.AFTER_INVALID.because("It is the position of an answer, or of accepted events");
        }
        if (position.logId() != log.logId()
                || position.nextOffsets().keySet().stream().anyMatch(partition -> partition >= log.partitions())) {
            throw QuestionProblem.AFTER_INVALID.because(
                    "It is a position of another log: the topic was made anew since");
        }
        return Optional.of(position);
    }

    private static void requireKnown(MultiValueMap<String, String> parameters, Set<String> known) {
        for (String name : parameters.keySet()) {
            if (!known.contains(name)) {
                throw QuestionProblem.PARAMETER_UNKNOWN.because("Known are " + String.join(", ", new TreeSet<>(known)));
            }
        }
    }

    private static GroupBy groupBy(MultiValueMap<String, String> parameters, List<GroupBy> allowed) {
        String text = single(parameters, GROUP_BY);
        return text == null
                ? GroupBy.EVENT_TYPE
                : GroupBy.of(text, allowed)
                        .orElseThrow(() -> QuestionProblem.GROUP_BY_UNSUPPORTED.because(
                                "It is one of " + GroupBy.names(allowed) + "; event_type when absent"));
    }

    private static OrderBy orderBy(MultiValueMap<String, String> parameters) {
        String text = single(parameters, ORDER_BY);
        return text == null
                ? OrderBy.COUNT
                : OrderBy.of(text)
                        .orElseThrow(() -> QuestionProblem.ORDER_BY_INVALID.because(
                                "It is count, as when absent, or order_amount_sum"));
    }

    private int limit(MultiValueMap<String, String> parameters) {
        String text = single(parameters, LIMIT);
        if (text == null) {
            return Math.min(LIMIT_DEFAULT, limits.topMax());
        }
        // Nine digits fit into an int, signs and other letters are none.
        int limit = text.matches("[0-9]{1,9}") ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > limits.topMax()) {
            throw QuestionProblem.LIMIT_INVALID.because("It is a whole number from 1 to " + limits.topMax());
        }
        return limit;
    }

    private TimeRange range(MultiValueMap<String, String> parameters) {
        Instant from = time(parameters, FROM, QuestionProblem.FROM_MISSING, QuestionProblem.FROM_INVALID);
        Instant to = time(parameters, TO, QuestionProblem.TO_MISSING, QuestionProblem.TO_INVALID);
        if (to.isBefore(from)) {
            throw QuestionProblem.RANGE_INVALID.because("A range is from ≤ time < to");
        }
        TimeRange range = new TimeRange(from, to);
        if (range.length().compareTo(limits.rangeMax()) > 0) {
            throw QuestionProblem.RANGE_TOO_LONG.because(
                    "The longest range is " + limits.rangeMax().toDays() + " days");
        }
        return range;
    }

    private static Instant time(
            MultiValueMap<String, String> parameters, String name, QuestionProblem missing, QuestionProblem invalid) {
        String text = single(parameters, name);
        if (text == null) {
            throw missing.because("It looks like 2026-11-20T10:00:00Z");
        }
        return TimeText.parse(text)
                .orElseThrow(
                        () -> invalid.because(
                                "It looks like 2026-11-20T10:00:00Z or 2026-11-20T12:00:00+02:00, + being written %2B in a URL"));
    }

    private SpacedPoints points(MultiValueMap<String, String> parameters) {
        return SpacedPoints.of(range(parameters), interval(parameters), zone(parameters), limits.pointsMax())
                .orElseThrow(() -> QuestionProblem.POINTS_TOO_MANY.because("An answer has at most " + limits.pointsMax()
                        + " points, and one series of this range and interval has more"));
    }

    private static Fill fill(MultiValueMap<String, String> parameters) {
        String text = single(parameters, FILL);
        return text == null
                ? Fill.ZERO
                : Fill.of(text)
                        .orElseThrow(() -> QuestionProblem.FILL_INVALID.because("It is zero, as when absent, or none"));
    }

    private static ZoneId zone(MultiValueMap<String, String> parameters) {
        String text = single(parameters, TIMEZONE);
        return text == null
                ? ZoneText.UTC
                : ZoneText.parse(text)
                        .orElseThrow(() -> QuestionProblem.TIMEZONE_INVALID.because(
                                "It is UTC, the name of a region such as Europe/Berlin, or an offset such as +05:30,"
                                        + " + being written %2B in a URL"));
    }

    private static Interval interval(MultiValueMap<String, String> parameters) {
        String text = single(parameters, INTERVAL);
        if (text == null) {
            throw QuestionProblem.INTERVAL_MISSING.because("It is " + Interval.ALL);
        }
        return Interval.of(text).orElseThrow(() -> QuestionProblem.INTERVAL_INVALID.because("It is " + Interval.ALL));
    }

    private SortedSet<String> eventTypes(MultiValueMap<String, String> parameters) {
        List<String> given = parameters.getOrDefault(EVENT_TYPE, List.of());
        if (given.size() > limits.eventTypesMax()) {
            throw QuestionProblem.EVENT_TYPES_TOO_MANY.because("At most " + limits.eventTypesMax() + " can be named");
        }
        SortedSet<String> types = new TreeSet<>();
        for (String type : given) {
            if (type == null
                    || type.isEmpty()
                    || type.codePointCount(0, type.length()) > EventLimits.TYPE_CHARACTERS_MAX) {
                throw QuestionProblem.EVENT_TYPE_INVALID.because(
                        "A type has 1 to " + EventLimits.TYPE_CHARACTERS_MAX + " characters");
            }
            types.add(type);
        }
        return types;
    }

    private static @Nullable String single(MultiValueMap<String, String> parameters, String name) {
        List<String> values = parameters.getOrDefault(name, List.of());
        if (values.size() > 1) {
            throw QuestionProblem.PARAMETER_REPEATED.because(name + " is given " + values.size() + " times");
        }
        return values.isEmpty() ? null : valueOf(values.getFirst());
    }

    /** Spring has null for {@code ?from} without a value, which is there and is wrong. */
    private static String valueOf(String given) {
        return Objects.requireNonNullElse(given, "");
    }
}
