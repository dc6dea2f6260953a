package io.millrace.bench.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

final class PanelTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:20:30.456Z");

    @Test
    void rangesEndWithWhatIsUnderWay() {
        assertThat(Panel.DAY_BY_HOUR.at(NOW).target())
                .isEqualTo("/v1/timeseries?from=2026-11-19T11:00:00Z&to=2026-11-20T11:00:00Z&interval=hour");
        assertThat(Panel.HOUR_BY_MINUTE.at(NOW).target())
                .isEqualTo("/v1/timeseries?from=2026-11-20T09:21:00Z&to=2026-11-20T10:21:00Z&interval=minute");
        assertThat(Panel.MONTH.at(NOW).target())
                .isEqualTo("/v1/counts?from=2026-10-21T11:00:00Z&to=2026-11-20T11:00:00Z");
        assertThat(Panel.HOUR_TO_THE_SECOND.at(NOW).target())
                .isEqualTo("/v1/timeseries?from=2026-11-20T09:20:31Z&to=2026-11-20T10:20:31Z&interval=minute");
    }

    @Test
    void questionIsTheSameUntilItsStepIsOver() {
        for (Panel panel : Panel.values()) {
            assertThat(panel.at(NOW)).isEqualTo(panel.at(NOW.plusMillis(500)));
        }
        assertThat(Panel.HOUR_BY_MINUTE.at(NOW))
                .isEqualTo(Panel.HOUR_BY_MINUTE.at(NOW.plusSeconds(29)))
                .isNotEqualTo(Panel.HOUR_BY_MINUTE.at(NOW.plusSeconds(30)));
    }

    @Test
    void eachIsAnsweredFromTheCoarsestTableThatKeepsItWhole() {
        assertThat(StoredView.serving(Panel.DAY_BY_HOUR.at(NOW))).isEqualTo(StoredView.HOURS);
        assertThat(StoredView.serving(Panel.MONTH.at(NOW))).isEqualTo(StoredView.HOURS);
        assertThat(StoredView.serving(Panel.HOUR_BY_MINUTE.at(NOW))).isEqualTo(StoredView.MINUTES);
        assertThat(StoredView.serving(Panel.HOUR_TO_THE_SECOND.at(NOW))).isEqualTo(StoredView.EVENTS);
    }

    @Test
    void questionIsOfWholeSeconds() {
        assertThatIllegalArgumentException().isThrownBy(() -> new Question(NOW, NOW.plusSeconds(1), Points.ONE));
    }
}
