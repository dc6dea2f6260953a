package io.millrace.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TimeTextTest {
    @ParameterizedTest
    @CsvSource({
        "2026-11-20T10:00:00Z, 2026-11-20T10:00:00Z",
        "2026-11-20t10:00:00z, 2026-11-20T10:00:00Z",
        "2026-11-20 10:00:00Z, 2026-11-20T10:00:00Z",
        "2026-11-20T10:00:00.25Z, 2026-11-20T10:00:00.250Z",
        "2026-11-20T12:30:00+02:30, 2026-11-20T10:00:00Z",
        "2026-11-20T09:00:00-01:00, 2026-11-20T10:00:00Z",
        "0000-01-01T00:00:00Z, 0000-01-01T00:00:00Z",
    })
    void readsRfc3339(String text, Instant expected) {
        assertThat(TimeText.parse(text)).contains(expected);
    }

    @Test
    void finerThanMillisecondsIsTheNextWholeOne() {
        assertThat(TimeText.parse("2026-11-20T10:00:00.123000Z")).contains(Instant.parse("2026-11-20T10:00:00.123Z"));
        assertThat(TimeText.parse("2026-11-20T10:00:00.123000001Z"))
                .contains(Instant.parse("2026-11-20T10:00:00.124Z"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "now",
                "1700000000000",
                "2026-11-20",
                "2026-11-20T10:00Z",
                "2026-11-20T10:00:00",
                "2026-11-20T10:00:00.Z",
                "2026-11-20T10:00:00.1234567890Z",
                "2026-11-20T10:00:00+0200",
                "2026-11-20T12:00:00 02:00",
                "2026-02-30T10:00:00Z",
                "2026-11-20T24:00:01Z",
                "2026-11-20T10:00:00+19:00",
                "+2026-11-20T10:00:00Z"
            })
    void refusesTheRest(String text) {
        assertThat(TimeText.parse(text)).isEmpty();
    }
}
