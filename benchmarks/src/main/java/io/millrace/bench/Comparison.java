package io.millrace.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Figures of several choices below one another, each beside its ratio to that of the first choice, which is today's. */
final class Comparison {
    private final List<String> figures;
    private final List<String> choices = new ArrayList<>();
    private final List<double[]> rows = new ArrayList<>();

    /** @param figures names of what is compared, with their units */
    Comparison(String... figures) {
        this.figures = List.of(figures);
    }

    void add(String choice, double... values) {
        if (values.length != figures.size()) {
            throw new IllegalArgumentException(values.length + " values for " + figures);
        }
        choices.add(choice);
        rows.add(values.clone());
    }

    void print(PrintStream out) {
        out.println(" ".repeat(34)
                + figures.stream()
                        .map(figure -> String.format(Locale.ROOT, "%20s", figure))
                        .collect(Collectors.joining()));
        for (int row = 0; row < rows.size(); row++) {
            double[] today = rows.getFirst();
            double[] values = rows.get(row);
            StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-34s", choices.get(row)));
            for (int figure = 0; figure < values.length; figure++) {
                line.append(
                        String.format(Locale.ROOT, "%13s %6.2f", text(values[figure]), values[figure] / today[figure]));
            }
            out.println(line);
        }
    }

    /** About three digits that count. */
    static String text(double value) {
        String format = value >= 100 ? "%.0f" : value >= 10 ? "%.1f" : "%.3f";
        return String.format(Locale.ROOT, format, value);
    }

    /** The middle one; of an even number, the lower of the two in the middle. */
    static double median(double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(sorted.length - 1) / 2];
    }
}
