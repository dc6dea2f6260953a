package io.millrace.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.EventTopic;
import java.io.IOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What consumer-service's README shows of dead letters, on a whole Millrace; the audit agrees before and after. */
class DeadLettersReadmeIT {
    private final RunningMillrace millrace = RunningMillrace.shared();

    @Test
    void shownCommandsReplayALetterWhichIsThenARecordOfItsOwn() throws Exception {
        JsonNode before = audit();
        bury("{\"event_type\":\"late\",\"event_id\":\"" + System.nanoTime() + "\"}");
        assertThat(sum(audit(), "dead_lettered") - sum(before, "dead_lettered")).isEqualTo(1);

        for (ReadmeIT.Shown shown : shown()) {
            assertThat(millrace.shell(shown.command()).mustSucceed().text().strip())
                    .as(shown.command())
                    .matches(shown.pattern());
        }
        JsonNode after = audit();
        assertThat(sum(after, "stored") - sum(before, "stored")).isEqualTo(1);
        assertThat(sum(after, "dead_lettered") - sum(before, "dead_lettered"))
                .as("the letter stays what it was")
                .isEqualTo(1);
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

    /** Waits until everything is stored. */
    private JsonNode audit() {
        JsonNode report = Http.JSON.readTree(
                millrace.run("audit", "--wait", "PT30S", "--json").mustSucceed().text());
        assertThat(report.get("difference").asLong()).isZero();
        assertThat(sum(report, "lag")).isZero();
        return report;
    }

    private static long sum(JsonNode report, String member) {
        return report.get("partitions")
                .valueStream()
                .mapToLong(partition -> partition.get(member).asLong())
                .sum();
    }

    /** JSON without a tenant, as a foreign producer sends it that forgot the header. */
    private void bury(String json) throws Exception {
        ProducerRecord<byte[], byte[]> record = new ProducerRecord<>(EventTopic.NAME, json.getBytes(UTF_8));
        record.headers().add(EventTopic.CONTENT_TYPE_HEADER, EventTopic.JSON.getBytes(UTF_8));
        try (KafkaProducer<byte[], byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", millrace.environment("MILLRACE_KAFKA")),
                new ByteArraySerializer(),
                new ByteArraySerializer())) {
            producer.send(record).get();
        }
    }
}
