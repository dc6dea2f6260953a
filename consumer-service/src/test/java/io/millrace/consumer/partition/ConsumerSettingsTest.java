package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.consumer.range.RangeLimits;
import io.millrace.consumer.store.InsertBody;
import io.millrace.kit.connection.KafkaSettings;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.CooperativeStickyAssignor;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class ConsumerSettingsTest {
    @Test
    void defaults() {
        assertThat(settings(Map.of()))
                .isEqualTo(new ConsumerSettings(
                        "millrace-consumer",
                        1,
                        4,
                        500_000,
                        DataSize.ofMegabytes(64),
                        Duration.ofSeconds(1),
                        30,
                        InsertBody.LZ4,
                        Duration.ofSeconds(15),
                        Duration.ofMillis(200),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(15),
                        Duration.ofSeconds(10),
                        Duration.ofSeconds(5),
                        Map.of()));
    }

    @ParameterizedTest
    @CsvSource({
        "range-rows-max, 1000000, 1000001",
        "range-rows-max, 1, 0",
        "range-bytes-max, 1B, 0B",
        "held-heap-percent, 1, 0",
        "held-heap-percent, 60, 61",
        "range-age, 1ms, 0ms",
        "poll-threads, 1, 0",
        "inserts-parallel, 1, 0",
        "insert-deadline, 1s, 999ms",
        "insert-deadline, 1m, 61s",
        "retry-first, 15s, 16s",
        "retry-max, 200ms, 199ms",
        "session-timeout, 1s, 999ms",
        "release-wait, 1ms, 0ms",
        "lag-interval, 1ms, 0ms",
        "group, g, ' '"
    })
    void takesTheLimitAndNotOnePast(String name, String limit, String past) {
        assertThat(settings(Map.of(name, limit))).isNotNull();
        assertThatThrownBy(() -> settings(Map.of(name, past)))
                .isInstanceOf(BindException.class)
                .rootCause()
                .hasMessageContaining(name);
    }

    @Test
    void rangesGrowOlderWhereThereAreManyPartitions() {
        ConsumerSettings settings = settings(Map.of());
        assertThat(settings.rangeLimits(20, 1 << 30).ageMax()).isEqualTo(Duration.ofSeconds(1));
        assertThat(settings.rangeLimits(21, 1 << 30).ageMax()).isEqualTo(Duration.ofMillis(1_050));
    }

    @Test
    void whatIsHeldIsAPartOfTheHeap() {
        assertThat(settings(Map.of()).heldBytesMax(1_000)).isEqualTo(300);
    }

    @Test
    void rangeHasHalfOfItsPartitionsShareAtMost() {
        ConsumerSettings settings = settings(Map.of());
        long full = DataSize.ofMegabytes(64).toBytes();
        assertThat(settings.rangeLimits(1, 2 * full)).isEqualTo(new RangeLimits(500_000, full, Duration.ofSeconds(1)));
        assertThat(settings.rangeLimits(1, 2 * full - 2).bytesMax()).isEqualTo(full - 1);
        assertThat(settings.rangeLimits(1, 1).bytesMax()).isEqualTo(1);
    }

    @Test
    void operatorsCannotChangeWhatPromisesRestOn() {
        KafkaSettings kafka =
                new KafkaSettings("127.0.0.1:9092", Map.of("enable.auto.commit", "true", "security.protocol", "SSL"));
        assertThat(LogConsumers.properties(kafka, settings(Map.of()), "consumer-0"))
                .containsAllEntriesOf(Map.ofEntries(
                        Map.entry("security.protocol", "SSL"),
                        Map.entry("bootstrap.servers", "127.0.0.1:9092"),
                        Map.entry("client.id", "consumer-0"),
                        Map.entry("key.deserializer", ByteArrayDeserializer.class),
                        Map.entry("value.deserializer", ByteArrayDeserializer.class),
                        Map.entry("enable.auto.commit", false),
                        Map.entry("isolation.level", "read_committed"),
                        Map.entry("auto.offset.reset", "none"),
                        Map.entry("allow.auto.create.topics", false),
                        Map.entry("partition.assignment.strategy", CooperativeStickyAssignor.class.getName()),
                        Map.entry("session.timeout.ms", 15_000),
                        Map.entry("heartbeat.interval.ms", 3_000),
                        Map.entry("max.poll.records", 2_000),
                        Map.entry("fetch.max.bytes", 16 * 1024 * 1024)));
    }

    private static ConsumerSettings settings(Map<String, String> given) {
        MapConfigurationPropertySource source = new MapConfigurationPropertySource();
        given.forEach((name, value) -> source.put("millrace.consumer." + name, value));
        return new Binder(source).bindOrCreate("millrace.consumer", ConsumerSettings.class);
    }
}
