package io.millrace.bench;

import java.io.IOException;
import java.io.PrintStream;
import java.util.List;

/** What properties cost as a map, as a map with buckets and as JSON: to insert, to merge, to keep and to ask for. */
final class PropertyForms {
    /** Fewer rows suffice where there are many keys, of which ClickHouse keeps some apart, in files of their own. */
    private static final int MANY_KEYS_PARTITIONS = 2;

    /** The same values under other keys, six of which to each event and 10,002 to all. */
    private static final String MANY_KEYS = """
            CAST(mapFromArrays(arrayMap(i -> concat('key-', leftPad(toString(i * 1667 + cityHash64(event_id, i) % 1667), \
            5, '0')), range(length(properties))), mapValues(properties)), 'Map(LowCardinality(String), String)')""";

    private static final Keys FEW = new Keys("properties", "device", "country", "load_millis");
    private static final Keys MANY = new Keys(MANY_KEYS, "key-03376", "key-05043", "key-08377");

    private static final String JSON_FEW = "MODIFY COLUMN properties JSON CODEC(ZSTD(1))";

    /** With the 1,024 paths that are the default, an insert opens more files than many a system lets a process have. */
    private static final String JSON_MANY = "MODIFY COLUMN properties JSON(max_dynamic_paths = 128) CODEC(ZSTD(1))";

    private final EventStore store;
    private final int rounds;
    private final PrintStream out;

    PropertyForms(EventStore store, int rounds, PrintStream out) {
        this.store = store;
        this.rounds = rounds;
        this.out = out;
    }

    /**
     * @param expression in place of the column
     * @param filtered the key of the device
     * @param grouped the key of the country
     * @param summed the key of the time to load
     */
    private record Keys(String expression, String filtered, String grouped, String summed) {}

    private record Choice(PropertyForm properties, TableForm table) {}

    void compare(int partitions) throws IOException, MeasurementException, InterruptedException {
        compare("Properties as the demo traffic has them", FEW, partitions, JSON_FEW);
        compare("Properties of 10,002 distinct keys", MANY, Math.min(partitions, MANY_KEYS_PARTITIONS), JSON_MANY);
    }

    private void compare(String title, Keys keys, int partitions, String json)
            throws IOException, MeasurementException, InterruptedException {
        Comparison filling =
                new Comparison("insert, CPU s/M", "merge, CPU s/M", "insert, rows/s", "properties, B/event");
        Comparison asking = new Comparison("filter, CPU ms", "filter, ms", "group, CPU ms", "group, ms");
        String answers = "";
        long rowsMeasured = 0;
        for (Choice choice : choices(json)) {
            PropertyForm form = choice.properties();
            PreparedRows rows = PreparedRows.of(store, form.columns(keys.expression()), partitions);
            rowsMeasured = rows.rows();
            try (Trial trial = new Trial(store, choice.table())) {
                Trial.Filling filled = trial.fill(rows, rounds);
                filling.add(
                        choice.table().title(),
                        filled.insertSeconds(),
                        filled.mergeSeconds(),
                        filled.rowsPerSecond(),
                        (double) trial.diskUse().bytesOf("properties") / rows.rows());
                Trial.Asking filter = trial.ask(form.filter(keys.filtered(), "mobile"));
                Trial.Asking group = trial.ask(form.group(keys.grouped(), keys.summed()));
                asking.add(
                        choice.table().title(),
                        filter.processorMillis(),
                        filter.millis(),
                        group.processorMillis(),
                        group.millis());
                answers = agreed(answers, filter.answer() + "\n" + group.answer(), choice);
            }
        }
        out.printf("%n%s, %d rows%n", title, rowsMeasured);
        filling.print(out);
        asking.print(out);
    }

    private static String agreed(String before, String now, Choice choice) throws MeasurementException {
        if (!before.isEmpty() && !before.equals(now)) {
            throw new MeasurementException(
                    choice.table().title() + " answered\n" + now + "\nand the one before\n" + before);
        }
        return now;
    }

    private static List<Choice> choices(String json) {
        return List.of(
                new Choice(PropertyForm.TEXT_MAP, TableForm.TODAY),
                new Choice(PropertyForm.TEXT_MAP, buckets(4)),
                new Choice(PropertyForm.TEXT_MAP, buckets(8)),
                new Choice(PropertyForm.TEXT_MAP, buckets(32)),
                new Choice(PropertyForm.JSON, TableForm.of("JSON", json)));
    }

    /** Merged parts only; by default a map of fewer than 32 keys a row gets no buckets at all. */
    private static TableForm buckets(int count) {
        return TableForm.of("Map in " + count + " buckets", """
                MODIFY SETTING map_serialization_version = 'with_buckets', map_buckets_min_avg_size = 0, \
                map_buckets_strategy = 'constant', max_buckets_in_map = %d""".formatted(count));
    }
}
