package io.millrace.prove.verdict;

import java.util.List;
import java.util.Map;

/**
 * What one comparison found.
 *
 * @param question what was compared
 * @param counts how many differences there are of each kind; empty when it holds
 * @param first the first of each kind
 */
public record Finding(String question, Map<String, Long> counts, List<Difference> first) {
    public Finding {
        counts = Map.copyOf(counts);
        first = List.copyOf(first);
    }

    public static Finding of(String question, Differences differences) {
        return new Finding(question, differences.counts(), differences.first());
    }

    /** One that holds or does not as a whole; then it is said what was found instead. */
    public static Finding of(String question, boolean holds, String found) {
        Differences differences = new Differences();
        if (!holds) {
            differences.add(Difference.ofSum(found));
        }
        return of(question, differences);
    }

    /** Whether there is no difference. */
    public boolean holds() {
        return counts.isEmpty();
    }
}
