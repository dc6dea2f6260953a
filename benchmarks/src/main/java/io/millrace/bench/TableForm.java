package io.millrace.bench;

import java.util.List;

/**
 * A way to keep events: the table {@code events} with something changed.
 *
 * @param title as printed
 * @param changes what ALTER TABLE is to do to the empty table
 */
record TableForm(String title, List<String> changes) {
    static final TableForm TODAY = new TableForm("as today", List.of());

    TableForm {
        changes = List.copyOf(changes);
    }

    static TableForm of(String title, String... changes) {
        return new TableForm(title, List.of(changes));
    }
}
