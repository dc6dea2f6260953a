package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class Rfc3339Test {
    @ParameterizedTest
    @CsvSource({
        "2001-01-01T00:47:00Z, 2001-01-01T00:47:00Z",
        "2001-01-01t00:47:00z, 2001-01-01T00:47:00Z",
        "2001-01-01 00:47:00Z, 2001-01-01T00:47:00Z",
        "2024-02-29T23:59:59.9999999+05:30, 2024-02-29T18:29:59.999Z",
        "2024-02-29T23:59:59.5-08:00, 2024-03-01T07:59:59.500Z",
        "2016-12-31T23:59:60Z, 2017-01-01T00:00:00Z",
    })
    void readsTheInstant(String text, Instant instant) {
        assertThat(Rfc3339.parse(text)).isEqualTo(instant);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "2001",
                "2001-01-01",
                "2001-01-01T00:47Z",
                "2001-01-01T00:47:00",
                "2001-13-01T00:00:00Z",
                "2001-02-29T00:00:00Z",
                "2001-01-01T24:00:00Z",
                "2001-01-01T00:60:00Z",
                "2001-01-01T00:00:61Z",
                "2001-01-01T00:00:00.Z",
                "2001-01-01T00:00:00+0100",
                "2001-01-01T00:00:00+24:00",
                "2001-01-01T00:00:00Zx",
                "2001-01-01T00:00:00.123",
                "+001-01-01T00:00:00Z",
                "2001-01-01X00:00:00Z"
            })
    void refusesEverythingElse(String text) {
        assertThatThrownBy(() -> Rfc3339.parse(text)).isInstanceOf(InvalidEventException.class);
    }

    @Test
    void agreesWithJavaTime() {
        Random random = new Random(3339);
        for (int i = 0; i < 5_000; i++) {
            Instant instant = Instant.ofEpochMilli(random.nextLong(4_000_000_000_000L));
            OffsetDateTime there = instant.atOffset(ZoneOffset.ofTotalSeconds(random.nextInt(-17, 18) * 1_800));
            String text = there.truncatedTo(ChronoUnit.SECONDS).equals(there) ? instant.toString() : there.toString();
            assertThat(Rfc3339.parse(text)).isEqualTo(instant);
        }
    }
}
