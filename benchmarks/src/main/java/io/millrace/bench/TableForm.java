package io.millrace.bench;

import java.util.List;

/**
 * A way to keep events: the table {@code events} with something changed.
 *
 * @param title as printed
 * @param table a name of its own, for a table that exists only while it is measured
 * @param changes what ALTER TABLE is to do to the empty table
 */
record TableForm(String title, String table, List<String> changes) {
    static final TableForm TODAY = new TableForm("as today", "trial_today", List.of());

    TableForm {
        changes = List.copyOf(changes);
    }

    static TableForm of(String title, String table, String... changes) {
        return new TableForm(title, "trial_" + table, List.of(changes));
    }
}
