package io.millrace.retention.expiry;

import io.millrace.retention.policy.DataSet;
import io.millrace.retention.policy.Policy;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Which days have expired. Days are of receipt, never of event time: events of 2001 that arrived today are as young as
 * today.
 */
public final class Expiry {
    private static final Comparator<StoredDay> OLDEST_FIRST =
            Comparator.comparing(StoredDay::day).thenComparing(StoredDay::dataSet);

    private Expiry() {}

    /** The days that have expired, oldest first; what goes beyond the limit comes with a next result. */
    public static List<ExpiredDay> of(
            Collection<Policy> policies, Collection<StoredDay> stored, LogProgress progress, Limits limits) {
        LocalDate today = LocalDate.ofInstant(progress.now(), ZoneOffset.UTC);
        Map<DataSet, Policy> byDataSet =
                policies.stream().collect(Collectors.toMap(Policy::dataSet, Function.identity()));
        return stored.stream()
                .filter(day -> isExpired(day, byDataSet, today))
                .sorted(OLDEST_FIRST)
                .limit(limits.daysMax())
                .map(day -> new ExpiredDay(
                        day, progress.unsealed(day.day(), limits.sealDelay()).orElse(null)))
                .toList();
    }

    /**
     * What bounds a result.
     *
     * @param sealDelay see {@link LogProgress#unsealed}
     * @param daysMax most days of one result
     */
    public record Limits(Duration sealDelay, int daysMax) {}

    /**
     * The last event of a day arrives as the day ends, and is kept for the policy's whole days from then: a day is kept
     * until so many full days lie between it and today.
     */
    private static boolean isExpired(StoredDay day, Map<DataSet, Policy> policies, LocalDate today) {
        Policy policy = policies.get(day.dataSet());
        return policy != null && day.day().isBefore(today.minusDays(policy.keepDays()));
    }
}
