package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIOException;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.LocalStack;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** The whole measurement on few rows, in databases of its own. That all forms answer alike, it checks by itself. */
final class StorageIT {
    private static final int EVENTS = 6_000;

    private final LocalStack stack = LocalStack.shared();

    @Test
    void everyChoiceIsMeasuredOnTheSameRows() throws IOException, MeasurementException, InterruptedException {
        EventStore store = DemoDatabase.make(stack, "storage_it");
        EventStore empty = DemoDatabase.make(stack, "storage_it_empty");
        // Small parts are files of all columns together, whose sizes nobody tells.
        store.ask("ALTER TABLE events MODIFY SETTING min_bytes_for_wide_part = 0");
        fill(store);
        ByteArrayOutputStream printed = new ByteArrayOutputStream();
        Storage.measure(store, empty, 1, new PrintStream(printed, true, StandardCharsets.UTF_8));
        String text = printed.toString(StandardCharsets.UTF_8);

        assertThat(text)
                .contains("of 6000 demo events", "goal: at most 48 in events")
                .contains("as the demo traffic has them, 6000 rows")
                .contains("10,002 distinct keys, 1000 rows")
                .contains("not compressed", "LZ4", "ZSTD(1)", "ZSTD(3)", "Map in 8 buckets", "JSON")
                .doesNotContain("NaN", "Infinity");
        assertThat(ratio(text, "LZ4, Content-Encoding")).isBetween(0.05, 0.9);
        assertThat(ratio(text, "ZSTD(1), Content-Encoding")).isBetween(0.05, 0.9);
        // Random bits do not shrink, and a UUID has 122 of them.
        assertThat(figure(text, "  event_id ")).isBetween(15.2, 16.5);
        assertThat(empty.number("SELECT sum(rows) FROM events_per_minute")).isEqualTo(EVENTS);
        assertThat(store.ask("SHOW TABLES LIKE 'trial%'")).isEmpty();
    }

    /** Why speed alone does not decide: should these ever fail, properties as JSON are to be thought about again. */
    @Test
    void jsonTypeRefusesOrChangesWhatAnEventMaySay() throws IOException, InterruptedException {
        EventStore store = new EventStore(ServerUrl.parse(stack.clickHouse().url()));
        assertThat(asJson(store, "{\"b\":1,\"at\":\"2026-01-01T10:00:00+02:00\",\"none\":null,\"a\":{}}"))
                .isEqualTo("{\"at\":\"2026-01-01 08:00:00\",\"b\":1}");
        assertThat(asJson(store, "{\"a.b\":1}")).isEqualTo("{\"a\":{\"b\":1}}");
        assertThatIOException()
                .isThrownBy(() -> asJson(store, "{\"a.b\":1,\"a\":{\"b\":2}}"))
                .withMessageContaining("Duplicate path");
        assertThatIOException()
                .isThrownBy(() -> asJson(store, "{\"big\":12345678901234567890123}"))
                .withMessageContaining("Cannot parse JSON");
    }

    private static String asJson(EventStore store, String text) throws IOException, InterruptedException {
        return store.ask("SELECT '" + text + "'::JSON::String");
    }

    private static void fill(EventStore store) throws IOException, InterruptedException {
        store.ask("""
                INSERT INTO events_in SELECT 'demo', generateUUIDv4(number), '', 'page_view',
                    now64(3) - number, now64(3), concat('user-', toString(number %% 50)), 'session', '', NULL,
                    map('page', toString(number), 'referrer', 'search', 'device', if(number %% 2 = 0, 'mobile', 'tablet'),
                        'country', if(number %% 3 = 0, 'DE', 'FR'), 'returning', 'true', 'load_millis', toString(number %% 900)),
                    1, 1, number %% 12, intDiv(number, 12)
                FROM numbers(%d)""".formatted(EVENTS));
    }

    /** That of the first figure to today's. */
    private static double ratio(String text, String choice) {
        return Double.parseDouble(rest(text, choice).split(" +", -1)[1]);
    }

    private static double figure(String text, String beginning) {
        return Double.parseDouble(rest(text, beginning));
    }

    private static String rest(String text, String beginning) {
        String line = text.lines()
                .filter(found -> found.startsWith(beginning))
                .findFirst()
                .orElseThrow();
        return line.substring(beginning.length()).strip();
    }
}
