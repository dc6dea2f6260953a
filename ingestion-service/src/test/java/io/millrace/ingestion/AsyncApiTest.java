package io.millrace.ingestion;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.EventTopic;
import io.millrace.log.Fate;
import io.millrace.log.LogTerms;
import io.millrace.log.RecordReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.springframework.core.io.ClassPathResource;
import org.yaml.snakeyaml.Yaml;
import tools.jackson.databind.json.JsonMapper;

/** The description of the topic says what the code does. */
class AsyncApiTest {
    private final Map<?, ?> document = read();

    @Test
    void channelIsTheTopic() {
        Map<?, ?> channel = map(document, "channels", "events");
        assertThat(channel.get("address")).isEqualTo(EventTopic.NAME);
        Map<?, ?> kafka = map(channel, "bindings", "kafka");
        assertThat(kafka.get("topic")).isEqualTo(EventTopic.NAME);
        assertThat(kafka.get("partitions")).isEqualTo(EventTopic.PARTITIONS_DEFAULT);
        Map<?, ?> settings = map(kafka, "topicConfiguration");
        assertThat(String.valueOf(settings.get("retention.ms")))
                .isEqualTo(EventTopic.settings().get("retention.ms"));
        assertThat(settings.get("cleanup.policy"))
                .isEqualTo(List.of(Objects.requireNonNull(EventTopic.settings().get("cleanup.policy"))));
    }

    @Test
    void messagesAreTheFormsThatAreRead() {
        assertThat(messages().values().stream()
                        .map(message -> String.valueOf(((Map<?, ?>) message).get("contentType"))))
                .containsExactlyInAnyOrder(
                        EventTopic.PROTOBUF, EventTopic.JSON, EventTopic.CLOUD_EVENT, "application/json");
        for (Object message : messages().values()) {
            assertThat(map((Map<?, ?>) message, "headers", "properties").keySet().stream()
                            .map(String::valueOf))
                    .contains(EventTopic.TENANT_HEADER, EventTopic.WIRE_VERSION_HEADER, EventTopic.CONTENT_TYPE_HEADER);
        }
    }

    @Test
    void examplesAreEvents() {
        int examples = 0;
        for (Object message : messages().values()) {
            if (((Map<?, ?>) message).get("examples") instanceof List<?> all) {
                for (Object example : all) {
                    examples++;
                    assertThat(fate((Map<?, ?>) example)).as("%s", example).isInstanceOf(Fate.Stored.class);
                }
            }
        }
        assertThat(examples).isEqualTo(3);
    }

    @Test
    void protobufIsTheOneThatIsCompiled() throws IOException {
        String documented =
                String.valueOf(map(messages(), "Protobuf", "payload").get("schema"));
        try (InputStream in = new ClassPathResource("millrace/v1/event.proto").getInputStream()) {
            assertThat(bare(documented)).isEqualTo(bare(new String(in.readAllBytes(), UTF_8)));
        }
    }

    private static String bare(String proto) {
        return proto.replaceAll("//[^\n]*", "").replaceAll("\\s+", " ").strip();
    }

    private static Fate fate(Map<?, ?> example) {
        RecordHeaders headers = new RecordHeaders();
        map(example, "headers")
                .forEach((name, value) ->
                        headers.add(name.toString(), value.toString().getBytes(UTF_8)));
        byte[] value = JsonMapper.shared().writeValueAsBytes(example.get("payload"));
        LogTerms terms = new LogTerms(1, 12, 1_000, Duration.ofHours(1), Duration.ofHours(1));
        return new RecordReader(terms)
                .read(new ConsumerRecord<>(
                        EventTopic.NAME,
                        0,
                        0,
                        Instant.parse("2026-02-01T00:00:00Z").toEpochMilli(),
                        TimestampType.LOG_APPEND_TIME,
                        ConsumerRecord.NULL_SIZE,
                        ConsumerRecord.NULL_SIZE,
                        new byte[0],
                        value,
                        headers,
                        Optional.empty()));
    }

    private Map<?, ?> messages() {
        return map(document, "components", "messages");
    }

    private static Map<?, ?> map(Map<?, ?> from, String... path) {
        Map<?, ?> found = from;
        for (String step : path) {
            found = (Map<?, ?>) Objects.requireNonNull(found.get(step), step);
        }
        return found;
    }

    private static Map<?, ?> read() {
        try (InputStream in = new ClassPathResource("asyncapi.yaml").getInputStream()) {
            return new Yaml().load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
