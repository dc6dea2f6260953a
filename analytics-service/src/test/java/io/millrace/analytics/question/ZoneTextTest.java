package io.millrace.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZoneTextTest {
    @ParameterizedTest
    @CsvSource({
        "UTC, UTC",
        "Europe/Berlin, Europe/Berlin",
        "America/Argentina/Buenos_Aires, America/Argentina/Buenos_Aires",
        "Etc/GMT+5, Etc/GMT+5",
        "+05:30, +05:30",
        "-03:30, -03:30",
        "+18:00, +18:00",
        "-18:00, -18:00",
        "+00:00, UTC",
        "-00:00, UTC",
    })
    void readsRegionsAndOffsets(String text, String id) {
        assertThat(ZoneText.parse(text).orElseThrow().getId()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "utc",
                "Z",
                "europe/berlin",
                "Europe/Nowhere",
                "UTC+1",
                "GMT+01:00",
                "+5",
                "+0530",
                "05:30",
                " 05:30",
                "+05:30:00",
                "+05:60",
                "+18:01",
                "-18:01",
                "+99:00"
            })
    void refusesTheRest(String text) {
        assertThat(ZoneText.parse(text)).isEmpty();
    }
}
