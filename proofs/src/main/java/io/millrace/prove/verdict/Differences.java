package io.millrace.prove.verdict;

import java.util.ArrayList;
import java.util.List;

/** Counts all differences of one kind and keeps the first {@value #KEPT_MAX}. */
final class Differences {
    private static final int KEPT_MAX = 20;

    private final List<Difference> first = new ArrayList<>();
    private long count;

    void add(Difference difference) {
        count++;
        if (first.size() < KEPT_MAX) {
            first.add(difference);
        }
    }

    void addUnlessEqual(String what, Object expected, Object found) {
        if (!expected.equals(found)) {
            add(Difference.ofSum("%s: must be %s and is %s".formatted(what, expected, found)));
        }
    }

    long count() {
        return count;
    }

    List<Difference> first() {
        return List.copyOf(first);
    }
}
