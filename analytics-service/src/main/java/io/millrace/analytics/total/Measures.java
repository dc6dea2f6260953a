package io.millrace.analytics.total;

import io.millrace.analytics.unique.Users;
import io.millrace.event.Amount;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;

/**
 * What a set of events comes to. Adding up is exact, and the order does not matter. Amounts are in millionths, as
 * {@link Amount} has them.
 *
 * @param rows how many there are of them in storage or the log
 * @param events how many they are; a sampled one counts as many times as it stands for (its weight)
 * @param amountEvents how many of these have an amount
 * @param amountSumMicros of amount times weight; 0 when none has an amount, which is not a sum of 0
 * @param amountMinMicros the least amount; {@link Long#MAX_VALUE} and no amount when none has one
 * @param amountMaxMicros the largest amount; {@link Long#MIN_VALUE} and no amount when none has one
 * @param users who is behind them; nobody, too, where users were not asked for
 */
public record Measures(
        long rows,
        long events,
        long amountEvents,
        BigInteger amountSumMicros,
        long amountMinMicros,
        long amountMaxMicros,
        Users users) {
    /** Of no events. */
    public static final Measures NONE = withoutAmounts(0);

    public Measures {
        if (rows < 0 || events < rows || (rows == 0 && events > 0)) {
            throw new IllegalArgumentException(events + " events cannot be " + rows + " rows");
        }
        if (amountEvents < 0 || events < amountEvents) {
            throw new IllegalArgumentException(amountEvents + " of " + events + " events cannot have an amount");
        }
        if (amountEvents == 0) {
            if (amountSumMicros.signum() != 0
                    || amountMinMicros != Long.MAX_VALUE
                    || amountMaxMicros != Long.MIN_VALUE) {
                throw new IllegalArgumentException("events without amounts have no sum, minimum or maximum");
            }
        } else if (amountMinMicros > amountMaxMicros) {
            throw new IllegalArgumentException("the least amount is larger than the largest");
        }
    }

    /** What events come to of which none is sampled, and whose users were not asked for. */
    public Measures(
            long events, long amountEvents, BigInteger amountSumMicros, long amountMinMicros, long amountMaxMicros) {
        this(events, events, amountEvents, amountSumMicros, amountMinMicros, amountMaxMicros, Users.NONE);
    }

    /** {@return what that many events come to when none is sampled or has an amount} */
    public static Measures withoutAmounts(long events) {
        return new Measures(events, 0, BigInteger.ZERO, Long.MAX_VALUE, Long.MIN_VALUE);
    }

    /** {@return the same events, being that many rows} */
    public Measures withRows(long number) {
        return new Measures(number, events, amountEvents, amountSumMicros, amountMinMicros, amountMaxMicros, users);
    }

    /** {@return the same events with those who are behind them} */
    public Measures withUsers(Users some) {
        return new Measures(rows, events, amountEvents, amountSumMicros, amountMinMicros, amountMaxMicros, some);
    }

    /**
     * {@return what these events and others, none of them the same, come to together}
     *
     * @throws ArithmeticException when they are more than 2<sup>63</sup>-1
     */
    public Measures plus(Measures others) {
        return new Measures(
                Math.addExact(rows, others.rows),
                Math.addExact(events, others.events),
                Math.addExact(amountEvents, others.amountEvents),
                amountSumMicros.add(others.amountSumMicros),
                Math.min(amountMinMicros, others.amountMinMicros),
                Math.max(amountMaxMicros, others.amountMaxMicros),
                users.plus(others.users));
    }

    /** {@return whether any of them stands for others that a rule did not let in, so that these numbers are estimates} */
    public boolean sampled() {
        return rows < events;
    }

    /** {@return the exact sum of their amounts, if any has one} */
    public Optional<BigDecimal> amountSum() {
        return amountEvents == 0 ? Optional.empty() : Optional.of(new BigDecimal(amountSumMicros, Amount.SCALE));
    }

    /**
     * {@return the sum by the number of those with an amount, if any has one, rounded half-even to millionths} It is
     * the one number here that is not exact, so averages cannot be added up.
     */
    public Optional<BigDecimal> amountAverage() {
        return amountSum()
                .map(sum -> sum.divide(BigDecimal.valueOf(amountEvents), Amount.SCALE, RoundingMode.HALF_EVEN));
    }

    /** {@return the least of their amounts, if any has one} */
    public Optional<BigDecimal> amountMin() {
        return amountEvents == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(amountMinMicros, Amount.SCALE));
    }

    /** {@return the largest of their amounts, if any has one} */
    public Optional<BigDecimal> amountMax() {
        return amountEvents == 0 ? Optional.empty() : Optional.of(BigDecimal.valueOf(amountMaxMicros, Amount.SCALE));
    }
}
