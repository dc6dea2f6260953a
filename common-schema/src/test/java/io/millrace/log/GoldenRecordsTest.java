package io.millrace.log;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.EventJson;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Bytes that were once on the wire have the same fate for ever. Lines are added to {@code golden/records-v1.txt}; one
 * that stands there is never changed.
 */
class GoldenRecordsTest {
    private static final long RECEIVED_MILLIS = 1_767_268_800_123L;
    private static final LogTerms TERMS = new LogTerms(3, 12, 1_000_000, Duration.ofHours(24), Duration.ofHours(1));

    /**
     * One line: name | headers | value in hex | fate.
     *
     * @param headers name=value, separated by semicolons
     */
    record Golden(String name, String headers, String hex, String fate) {
        static Golden parse(String line) {
            List<String> parts =
                    Stream.of(line.split("\\|", 4)).map(String::strip).toList();
            return new Golden(parts.get(0), parts.get(1), parts.get(2), parts.get(3));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    static Stream<Golden> golden() throws IOException {
        try (InputStream in = Objects.requireNonNull(
                GoldenRecordsTest.class.getResourceAsStream("/golden/records-v1.txt"), "records-v1.txt")) {
            return new String(in.readAllBytes(), UTF_8)
                            .lines()
                            .filter(line -> !line.startsWith("#") && !line.isBlank())
                            .map(Golden::parse)
                            .toList()
                            .stream();
        }
    }

    @ParameterizedTest
    @MethodSource("golden")
    void fateIsAsItEverWas(Golden golden) {
        assertThat(describe(new RecordReader(TERMS).read(record(golden)))).isEqualTo(golden.fate());
    }

    @Test
    void writesTheGoldenBytes() throws IOException {
        Golden whole =
                golden().filter(g -> g.name().equals("every-field")).findFirst().orElseThrow();
        Fate.Stored stored = (Fate.Stored) new RecordReader(TERMS).read(record(whole));
        assertThat(HexFormat.of()
                        .formatHex(
                                EventRecords.of(EventTopic.NAME, stored.event().tenant(), SentEvent.of(stored.event()))
                                        .value()))
                .isEqualTo(whole.hex());
    }

    private static String describe(Fate fate) {
        return switch (fate) {
            case Fate.Stored(StoredEvent stored) -> {
                Event resolved = SentEvent.resolved(stored);
                yield "stored %s %s %d %s"
                        .formatted(
                                stored.tenant(),
                                Instant.ofEpochMilli(stored.timestampMillis()),
                                resolved.weight(),
                                new String(EventJson.write(resolved), UTF_8));
            }
            case Fate.DeadLetter letter -> "dead-letter [" + letter.tenant() + "] " + letter.reason();
            case Fate.Duplicate() -> "duplicate";
            case Fate.Unjudgeable() -> "unjudgeable";
            case Fate.UnknownVersion(String version) -> "unknown-version " + version;
        };
    }

    private static ConsumerRecord<byte[], byte[]> record(Golden golden) {
        RecordHeaders headers = new RecordHeaders();
        Stream.of(golden.headers().split(";")).filter(h -> !h.isBlank()).forEach(header -> {
            int equals = header.indexOf('=');
            headers.add(
                    header.substring(0, equals).strip(),
                    header.substring(equals + 1).getBytes(UTF_8));
        });
        byte[] value = HexFormat.of().parseHex(golden.hex());
        return new ConsumerRecord<>(
                EventTopic.NAME,
                5,
                77,
                RECEIVED_MILLIS,
                TimestampType.LOG_APPEND_TIME,
                0,
                value.length,
                new byte[0],
                value,
                headers,
                Optional.of(1));
    }
}
