package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class TenantSettingsTest {
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void defaultsArePinned() {
        assertThat(new Binder(new MapConfigurationPropertySource(Map.of()))
                        .bindOrCreate("millrace.tenants", TenantSettings.class))
                .isEqualTo(new TenantSettings(4, 256, Duration.ofSeconds(5)));
    }

    @Test
    void nobodyMayWaitButOneIsAlwaysServed() {
        assertThat(new TenantSettings(1, 0, SECOND).waitingMax()).isZero();
        assertThatIllegalArgumentException().isThrownBy(() -> new TenantSettings(0, 1, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new TenantSettings(1, -1, SECOND));
        assertThatIllegalArgumentException().isThrownBy(() -> new TenantSettings(1, 1, Duration.ZERO));
    }
}
