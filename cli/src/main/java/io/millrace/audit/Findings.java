package io.millrace.audit;

import java.util.ArrayList;
import java.util.List;

/** What one look at everything brought up. */
final class Findings {
    private final List<Finding> differences = new ArrayList<>();
    private final List<String> notices = new ArrayList<>();

    void add(Finding finding) {
        differences.add(finding);
    }

    /** Something people want to know, which is no difference. */
    void notice(String text) {
        notices.add(text);
    }

    List<Finding> differences() {
        return List.copyOf(differences);
    }

    List<String> notices() {
        return List.copyOf(notices);
    }
}
