package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.log.LogTerms;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class MemoryNeedTest {
    private static final ConsumerSettings DEFAULTS = new Binder(new MapConfigurationPropertySource(Map.of()))
            .bindOrCreate("millrace.consumer", ConsumerSettings.class);

    @Test
    void heapOfAGigabyteHoldsTwelveFullWindows() {
        assertThat(need(12, 1L << 30).warning(DEFAULTS)).isEmpty();
    }

    @Test
    void smallHeapIsTold() {
        assertThat(need(12, 256L << 20).warning(DEFAULTS))
                .hasValue(
                        "the heap of 256 MB is too small for the duplicate windows of all 12 partitions, which take up to"
                                + " 457 MB: give it 915 MB (-Xmx), or run more instances");
    }

    private static MemoryNeed need(int partitions, long heapBytes) {
        return new MemoryNeed(
                new LogTerms(1, partitions, 1_000_000, Duration.ofHours(1), Duration.ofHours(1)), heapBytes);
    }
}
