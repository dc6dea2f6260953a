package io.millrace.retention.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class StorageSettingsTest {
    @Test
    void defaultsArePinned() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("millrace.retention.storage", StorageSettings.class))
                .isEqualTo(new StorageSettings(Duration.ofSeconds(30), Duration.ofMinutes(10)));
    }

    @Test
    void lessThanASecondIsRefused() {
        Duration second = Duration.ofSeconds(1);
        assertThat(new StorageSettings(second, second)).isNotNull();
        assertThatIllegalArgumentException().isThrownBy(() -> new StorageSettings(second.minusMillis(1), second));
        assertThatIllegalArgumentException().isThrownBy(() -> new StorageSettings(second, second.minusMillis(1)));
    }
}
