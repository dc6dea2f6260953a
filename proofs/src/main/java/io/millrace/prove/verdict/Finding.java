package io.millrace.prove.verdict;

import java.util.List;

/**
 * What one comparison found.
 *
 * @param question what was compared
 * @param differences how many there are; 0 when it holds
 * @param first the first of them
 */
public record Finding(String question, long differences, List<Difference> first) {
    public Finding {
        first = List.copyOf(first);
    }

    static Finding of(String question, Differences differences) {
        return new Finding(question, differences.count(), differences.first());
    }

    /** Whether there is no difference. */
    public boolean holds() {
        return differences == 0;
    }
}
