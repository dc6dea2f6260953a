package io.millrace.event;

import java.math.BigDecimal;

/**
 * An exact decimal of at most six decimals and a magnitude under 10<sup>12</sup>, from the door to the answer. Never a
 * floating-point number: in those, {@code 1e16 + 1 - 1e16} is 0.
 *
 * @param micros the amount in millionths, as ClickHouse's {@code Decimal(18, 6)} keeps it
 */
public record Amount(long micros) {
    public static final int SCALE = 6;

    /** The largest amount, 999,999,999,999.999999, in millionths. */
    public static final long MICROS_MAX = 999_999_999_999_999_999L;

    /** Longer texts are refused unread: no amount in range needs them, and {@code 1e999999999} must cost nothing. */
    private static final int TEXT_LENGTH_MAX = 64;

    public Amount {
        if (micros > MICROS_MAX || micros < -MICROS_MAX) {
            throw invalid("its magnitude must be under 10^12");
        }
    }

    /**
     * Reads a JSON number, such as {@code 12.50} or {@code 1e3}.
     *
     * @throws InvalidEventException when it is not a number, has more than six decimals or is too large
     */
    public static Amount parse(String number) {
        if (number.length() > TEXT_LENGTH_MAX) {
            throw invalid("it is longer than " + TEXT_LENGTH_MAX + " characters");
        }
        return of(decimal(number));
    }

    private static BigDecimal decimal(String number) {
        try {
            return new BigDecimal(number);
        } catch (NumberFormatException e) {
            throw invalid("it is not a number");
        }
    }

    public static Amount of(BigDecimal value) {
        // The position of the first digit, before anything that would write the digits out.
        if (value.signum() != 0 && (long) value.precision() - value.scale() > 12) {
            throw invalid("its magnitude must be under 10^12");
        }
        BigDecimal stripped = value.stripTrailingZeros();
        if (stripped.scale() > SCALE) {
            throw invalid("it has more than " + SCALE + " decimals");
        }
        return new Amount(stripped.setScale(SCALE).unscaledValue().longValueExact());
    }

    public BigDecimal toBigDecimal() {
        return BigDecimal.valueOf(micros, SCALE);
    }

    /** The shortest plain form: {@code 12.5}, {@code 0}, {@code -3}. */
    @Override
    public String toString() {
        return plain(toBigDecimal());
    }

    /** The form of every decimal in our answers: plain digits without trailing zeros. */
    public static String plain(BigDecimal value) {
        return value.signum() == 0 ? "0" : value.stripTrailingZeros().toPlainString();
    }

    private static InvalidEventException invalid(String why) {
        return new InvalidEventException(InvalidEvent.Code.ORDER_AMOUNT_INVALID, "order_amount: " + why);
    }
}
