package io.millrace.ingestion.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class AdminServerSettingsTest {
    @Test
    void defaultsArePinned() {
        assertThat(new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("millrace.admin", AdminServerSettings.class))
                .isEqualTo(new AdminServerSettings(17_705, Duration.ofSeconds(10), Duration.ofSeconds(5)));
    }

    @Test
    void portIsOne() {
        Duration second = Duration.ofSeconds(1);
        assertThat(new AdminServerSettings(65_535, second, second)).isNotNull();
        assertThatThrownBy(() -> new AdminServerSettings(65_536, second, second))
                .hasMessageContaining("millrace.admin.port");
    }
}
