package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.util.unit.DataSize;

class StoreSettingsTest {
    @Test
    void defaultsArePinned() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("millrace.store", StoreSettings.class))
                .isEqualTo(new StoreSettings(
                        Duration.ofSeconds(10),
                        DataSize.ofGigabytes(1),
                        DataSize.ofMegabytes(32),
                        Duration.ofSeconds(5),
                        4,
                        Duration.ofMillis(50),
                        Duration.ofMillis(250)));
    }

    @Test
    void nothingIsNotALimit() {
        Duration second = Duration.ofSeconds(1);
        DataSize size = DataSize.ofBytes(1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(Duration.ZERO, size, size, second, 1, second, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(second, DataSize.ofBytes(0), size, second, 1, second, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(second, size, DataSize.ofBytes(0), second, 1, second, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(second, size, size, Duration.ZERO, 1, second, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(second, size, size, second, 0, second, second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(second, size, size, second, 1, second.negated(), second));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new StoreSettings(second, size, size, second, 1, second, Duration.ZERO));
    }
}
