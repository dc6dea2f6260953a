package io.millrace.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.EventTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;

/** What consumer-service's README shows of dead letters, on a whole Millrace; the audit agrees before and after. */
class DeadLettersReadmeIT {
    private final RunningMillrace millrace = RunningMillrace.shared();

    @Test
    void shownCommandsReplayALetterWhichIsThenARecordOfItsOwn() throws Exception {
        String id = "late-" + UUID.randomUUID();
        String place = bury("{\"event_type\":\"late\",\"event_id\":\"" + id + "\"}");
        assertNothingDiffers();
        assertThat(stored("events", "event_id_text = '" + id + "'")).isEqualTo("0");
        assertThat(stored("dead_letters FINAL", place)).isEqualTo("1");

        for (ReadmeIT.Shown shown : shown()) {
            assertThat(millrace.shell(shown.command()).mustSucceed().text().strip())
                    .as(shown.command())
                    .matches(shown.pattern());
        }
        assertNothingDiffers();
        assertThat(stored("events", "event_id_text = '" + id + "'")).isEqualTo("1");
        assertThat(stored("dead_letters FINAL", place)).isEqualTo("1");
    }

    private static List<ReadmeIT.Shown> shown() throws IOException {
        List<ReadmeIT.Shown> commands = ReadmeIT.commands(Files.readString(
                RunningMillrace.ROOT.resolve("consumer-service").resolve("README.md")));
        assertThat(commands)
                .filteredOn(shown -> shown.command().contains("/v1/dead-letters"))
                .hasSizeGreaterThanOrEqualTo(4)
                .allMatch(shown -> !shown.output().isEmpty());
        return commands;
    }

    /** Waits until everything that is in the log now is stored, and recounts it. */
    private void assertNothingDiffers() {
        assertThat(millrace.run("audit", "--wait", "PT30S").mustSucceed().text())
                .endsWith("difference 0\n");
    }

    private String stored(String table, String condition) {
        Http.Answer answer = Http.clickHouse(
                millrace.environment("MILLRACE_CLICKHOUSE_URL"),
                "SELECT count() FROM " + table + " WHERE " + condition);
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.text().strip();
    }

    /** JSON without a tenant, as a foreign producer sends it that forgot the header. {@return where it is, in SQL} */
    private String bury(String json) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(EventTopic.NAME, json.getBytes(UTF_8));
        record.headers().add(EventTopic.CONTENT_TYPE_HEADER, EventTopic.JSON.getBytes(UTF_8));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", millrace.environment("MILLRACE_KAFKA")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            RecordMetadata at = producer.send(record).get();
            return "log_id = 1 AND partition = " + at.partition() + " AND offset = " + at.offset();
        }
    }
}
