package io.millrace.prove.verdict;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Counts differences by kind and keeps the first of each. */
public final class Differences {
    private static final int KEPT_OF_A_KIND = 3;
    private static final String SUM = "sums differ";

    private final List<Difference> first = new ArrayList<>();
    private final Map<String, Long> counts = new TreeMap<>();

    /** One at a place of the log; its words are its kind. */
    public void add(Difference difference) {
        add(difference.what(), difference);
    }

    public void add(String kind, Difference difference) {
        if (counts.merge(kind, 1L, Long::sum) <= KEPT_OF_A_KIND) {
            first.add(difference);
        }
    }

    void addUnlessEqual(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            add(SUM, Difference.ofSum("%s: must be %s and is %s".formatted(what, expected, found)));
        }
    }

    Map<String, Long> counts() {
        return counts;
    }

    List<Difference> first() {
        return first;
    }
}
