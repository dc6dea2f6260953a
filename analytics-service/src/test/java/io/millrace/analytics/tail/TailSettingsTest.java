package io.millrace.analytics.tail;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.kit.connection.KafkaSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.processor.assignment.assignors.StickyTaskAssignor;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class TailSettingsTest {
    private static final TailSettings DEFAULTS = new TailSettings(
            "millrace-analytics", "", Duration.ofSeconds(1), DataSize.ofMegabytes(64), Duration.ofSeconds(6));

    private static final Duration LEAST = Duration.ofMillis(1);

    @Test
    void defaultsAreAsDocumented() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("millrace.tail", TailSettings.class))
                .isEqualTo(DEFAULTS);
    }

    @Test
    void takesTheLimitsAndNotOnePast() {
        DataSize size = DataSize.ofMegabytes(1);
        Duration second = Duration.ofSeconds(1);
        assertThat(new TailSettings("g".repeat(200), "h:1", LEAST, size, second).memoryMax())
                .isEqualTo(size);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TailSettings("g".repeat(201), "h:1", LEAST, size, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new TailSettings("", "h:1", LEAST, size, second));
        assertThatIllegalArgumentException().isThrownBy(() -> new TailSettings("a b", "h:1", LEAST, size, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TailSettings("g", "h:1", LEAST, DataSize.ofBytes(size.toBytes() - 1), second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TailSettings("g", "h:1", LEAST, size, second.minusMillis(1)));
    }

    @Test
    void whatPromisesRestOnCannotBeSetOtherwise() {
        Map<String, Object> properties = TailStreams.properties(
                new KafkaSettings(
                        "broker:9092",
                        Map.of(
                                "main.consumer.isolation.level", "read_uncommitted",
                                "consumer.auto.offset.reset", "earliest",
                                "security.protocol", "SSL")),
                DEFAULTS,
                Path.of("folder"));
        StreamsConfig config = new StreamsConfig(properties);
        Map<String, Object> consumer = config.getMainConsumerConfigs("millrace-analytics", "client", 0);
        assertThat(consumer)
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "latest")
                .containsEntry("session.timeout.ms", 6_000)
                .containsEntry("security.protocol", "SSL");
        assertThat(config.getString(StreamsConfig.TASK_ASSIGNOR_CLASS_CONFIG))
                .isEqualTo(StickyTaskAssignor.class.getName());
    }

    @Test
    void readerReadsWhatIsCommittedAndStartsWhereItIsTold() {
        Map<String, String> operators = Map.of(
                "isolation.level", "read_uncommitted", "auto.offset.reset", "latest", "enable.auto.commit", "true");
        assertThat(TailConfiguration.readerProperties(new KafkaSettings("broker:9092", operators)))
                .containsEntry("isolation.level", "read_committed")
                .containsEntry("auto.offset.reset", "none")
                .containsEntry("enable.auto.commit", false);
    }
}
