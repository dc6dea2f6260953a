package io.millrace.analytics.total;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.analytics.unique.Users;
import java.math.BigDecimal;
import java.math.BigInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {
    private static Measures of(long events, long amountEvents, long sum, long min, long max) {
        return new Measures(events, amountEvents, BigInteger.valueOf(sum), min, max);
    }

    @Test
    void nothingHasNoAmounts() {
        assertThat(Measures.NONE.events()).isZero();
        assertThat(Measures.NONE.amountSum()).isEmpty();
        assertThat(Measures.NONE.amountAverage()).isEmpty();
        assertThat(Measures.NONE.amountMin()).isEmpty();
        assertThat(Measures.NONE.amountMax()).isEmpty();
    }

    @Test
    void amountsAreInMillionths() {
        Measures some = of(9, 4, 10_000_000, -500_000, 7_000_000);
        assertThat(some.amountSum()).contains(new BigDecimal("10.000000"));
        assertThat(some.amountAverage()).contains(new BigDecimal("2.500000"));
        assertThat(some.amountMin()).contains(new BigDecimal("-0.500000"));
        assertThat(some.amountMax()).contains(new BigDecimal("7.000000"));
    }

    @ParameterizedTest
    @CsvSource({
        "1, 2, 0.000000",
        "3, 2, 0.000002",
        "5, 2, 0.000002",
        "-1, 2, 0.000000",
        "-3, 2, -0.000002",
        "2, 3, 0.000001",
        "1, 3, 0.000000",
    })
    void averagesAreRoundedHalfEven(long sumMicros, long events, BigDecimal average) {
        assertThat(of(events, events, sumMicros, -9, 9).amountAverage()).contains(average);
    }

    @Test
    void addsUpInAnyOrder() {
        Measures one = of(5, 2, 30, 10, 20);
        Measures other = of(3, 3, -60, -40, 15);
        assertThat(one.plus(other)).isEqualTo(of(8, 5, -30, -40, 20));
        assertThat(other.plus(one)).isEqualTo(one.plus(other));
        assertThat(one.plus(Measures.NONE)).isEqualTo(one);
        assertThat(Measures.NONE.plus(one)).isEqualTo(one);
        assertThat(Measures.withoutAmounts(4).plus(one)).isEqualTo(of(9, 2, 30, 10, 20));
        assertThat(Measures.withoutAmounts(4).plus(Measures.withoutAmounts(3))).isEqualTo(Measures.withoutAmounts(7));
    }

    @Test
    void fewerRowsThanEventsAreSampled() {
        Measures sampled = Measures.withoutAmounts(10).withRows(1);
        assertThat(sampled.sampled()).isTrue();
        assertThat(Measures.withoutAmounts(10).sampled()).isFalse();
        assertThat(Measures.NONE.sampled()).isFalse();
        Measures both = Measures.withoutAmounts(10).plus(sampled);
        assertThat(both).isEqualTo(Measures.withoutAmounts(20).withRows(11));
        assertThat(both.sampled()).isTrue();
        assertThat(sampled.withUsers(Users.NONE).rows()).isEqualTo(1);
    }

    @Test
    void sumsGoBeyond64Bits() {
        BigInteger large = BigInteger.TWO.pow(100);
        Measures sum = new Measures(1, 1, large, 0, 0).plus(new Measures(1, 1, large, 0, 0));
        assertThat(sum.amountSumMicros()).isEqualTo(BigInteger.TWO.pow(101));
    }

    @Test
    void moreEventsThanCanBeCountedAreNotCountedWrongly() {
        assertThat(Measures.withoutAmounts(Long.MAX_VALUE - 1)
                        .plus(Measures.withoutAmounts(1))
                        .events())
                .isEqualTo(Long.MAX_VALUE);
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> Measures.withoutAmounts(Long.MAX_VALUE).plus(Measures.withoutAmounts(1)));
    }

    @Test
    void refusesWhatNoEventsComeTo() {
        assertThatIllegalArgumentException().isThrownBy(() -> Measures.withoutAmounts(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> of(1, 2, 0, 0, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measures.withoutAmounts(1).withRows(2));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Measures.withoutAmounts(1).withRows(0));
        assertThatIllegalArgumentException().isThrownBy(() -> of(1, -1, 0, 0, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> of(1, 1, 0, 1, 0));
        assertThatIllegalArgumentException().isThrownBy(() -> of(1, 0, 1, Long.MAX_VALUE, Long.MIN_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> of(1, 0, 0, 0, Long.MIN_VALUE));
        assertThatIllegalArgumentException().isThrownBy(() -> of(1, 0, 0, Long.MAX_VALUE, 0));
    }
}
