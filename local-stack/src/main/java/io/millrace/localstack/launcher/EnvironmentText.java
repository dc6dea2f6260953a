package io.millrace.localstack.launcher;

import java.util.Map;

/** The file that others source: one {@code export} for each setting. */
final class EnvironmentText {
    private EnvironmentText() {}

    /**
     * The whole file.
     *
     * @throws IllegalArgumentException when a value cannot stand between single quotes on one line
     */
    static String of(Map<String, String> settings) {
        StringBuilder text =
                new StringBuilder("# How to reach this Millrace; written by `millrace up`. To use it: . <this file>\n");
        settings.forEach((name, value) -> {
            if (value.indexOf('\'') >= 0 || value.indexOf('\n') >= 0) {
                throw new IllegalArgumentException("the value of " + name + " holds a quote or a line's end");
            }
            text.append("export ").append(name).append("='").append(value).append("'\n");
        });
        return text.toString();
    }
}
