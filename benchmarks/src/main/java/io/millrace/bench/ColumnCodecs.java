package io.millrace.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Stream;

/** What the codecs of the columns of {@code events} cost and save. */
final class ColumnCodecs {
    private static final List<String> TIMES = List.of("timestamp", "received_at", "offset");
    private static final List<String> TEXTS = List.of("user_id", "session_id", "product_id", "properties");
    private static final List<String> OTHERS =
            List.of("event_id", "event_id_text", "order_amount", "weight", "log_id", "partition");

    private static final List<TableForm> FORMS = List.of(
            TableForm.TODAY,
            new TableForm("LZ4 instead of ZSTD(1)", everywhere("LZ4")),
            TableForm.of("event_id not compressed", "MODIFY COLUMN event_id CODEC(NONE)"),
            new TableForm(
                    "ZSTD(3) on texts and properties",
                    TEXTS.stream().map(column -> change(column, "ZSTD(3)")).toList()));

    private ColumnCodecs() {}

    static void compare(EventStore store, PreparedRows rows, int rounds, PrintStream out)
            throws IOException, MeasurementException, InterruptedException {
        Comparison comparison =
                new Comparison("insert, CPU s/M", "merge, CPU s/M", "insert, rows/s", "on disk, B/event");
        for (TableForm form : FORMS) {
            try (Trial trial = new Trial(store, form)) {
                Trial.Filling filling = trial.fill(rows, rounds);
                comparison.add(
                        form.title(),
                        filling.insertSeconds(),
                        filling.mergeSeconds(),
                        filling.rowsPerSecond(),
                        (double) trial.diskUse().wholeBytes() / rows.rows());
            }
        }
        out.println();
        out.println("Codecs of the columns, into events alone");
        comparison.print(out);
    }

    private static List<String> everywhere(String codec) {
        return Stream.concat(
                        TIMES.stream().map(column -> change(column, "Delta, " + codec)),
                        Stream.concat(TEXTS.stream(), OTHERS.stream()).map(column -> change(column, codec)))
                .toList();
    }

    private static String change(String column, String codec) {
        return "MODIFY COLUMN " + column + " CODEC(" + codec + ")";
    }
}
