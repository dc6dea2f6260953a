package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountTest {
    @ParameterizedTest
    @CsvSource({
        "0, 0, 0",
        "-0.0, 0, 0",
        "0e99, 0, 0",
        "12.50, 12500000, 12.5",
        "1e3, 1000000000, 1000",
        "1750, 1750000000, 1750",
        "-0.000001, -1, -0.000001",
        "0.1000000000, 100000, 0.1",
        "999999999999.999999, 999999999999999999, 999999999999.999999",
        "-999999999999.999999, -999999999999999999, -999999999999.999999",
    })
    void keepsDecimalsExactly(String number, long micros, String plain) {
        assertThat(Amount.parse(number).micros()).isEqualTo(micros);
        assertThat(Amount.parse(number)).hasToString(plain);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1000000000000",
                "1e12",
                "-1e12",
                "0.0000001",
                "1e-7",
                "1e999999999",
                "1e-999999999",
                "",
                "x",
                "1x",
                "NaN"
            })
    void refusesWhatDoesNotFit(String number) {
        assertThatThrownBy(() -> Amount.parse(number)).isInstanceOf(InvalidEventException.class);
    }

    @Test
    void refusesAbsurdLength() {
        assertThat(Amount.parse("1." + "0".repeat(62))).isEqualTo(new Amount(1_000_000));
        assertThatThrownBy(() -> Amount.parse("1." + "0".repeat(63))).isInstanceOf(InvalidEventException.class);
    }

    @Test
    void writesSumsPlainly() {
        assertThat(Amount.plain(new BigDecimal("14476934.000000"))).isEqualTo("14476934");
        assertThat(Amount.plain(new BigDecimal("1E+5"))).isEqualTo("100000");
    }
}
