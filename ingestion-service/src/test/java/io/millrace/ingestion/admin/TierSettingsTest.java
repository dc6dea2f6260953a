package io.millrace.ingestion.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TierSettingsTest {
    @Test
    void defaultsArePinned() {
        assertThat(new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("millrace.admin.limits", TierSettings.class))
                .isEqualTo(new TierSettings(10, 100, 20, 5));
    }

    @Test
    void limitsHaveLimits() {
        assertThat(new TierSettings(1, 2, 3, 10_000).of(Tier.AUTH)).isEqualTo(10_000);
        assertThatThrownBy(() -> new TierSettings(10_001, 1, 1, 1)).hasMessageContaining("millrace.admin.limits");
        assertThatThrownBy(() -> new TierSettings(1, 1, 0, 1)).hasMessageContaining("millrace.admin.limits");
    }
}
