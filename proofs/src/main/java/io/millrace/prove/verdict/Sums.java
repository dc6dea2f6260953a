package io.millrace.prove.verdict;

import java.math.BigDecimal;

/**
 * What a table says, or must say, of one type of one tenant's events.
 *
 * @param rows as stored
 * @param events that they stand for
 * @param amount exact
 */
record Sums(long rows, long events, BigDecimal amount) {
    private static final int SCALE = 6;

    static Sums ofOne(int weight, long amountMicros) {
        BigDecimal amount = BigDecimal.valueOf(amountMicros, SCALE).multiply(BigDecimal.valueOf(weight));
        return new Sums(1, weight, amount);
    }

    Sums plus(Sums other) {
        return new Sums(rows + other.rows, events + other.events, amount.add(other.amount));
    }

    static Sums of(String rows, String events, String amount) {
        return new Sums(Long.parseLong(rows), Long.parseLong(events), new BigDecimal(amount).setScale(SCALE));
    }
}
