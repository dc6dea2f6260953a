package io.millrace.prove.verdict;

import io.millrace.prove.traffic.Note;
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

    static Sums ofOne(Note note) {
        Long micros = note.amountMicros();
        BigDecimal amount =
                BigDecimal.valueOf(micros == null ? 0 : micros, SCALE).multiply(BigDecimal.valueOf(note.weight()));
        return new Sums(1, note.weight(), amount);
    }

    Sums plus(Sums other) {
        return new Sums(rows + other.rows, events + other.events, amount.add(other.amount));
    }

    static Sums of(String rows, String events, String amount) {
        return new Sums(Long.parseLong(rows), Long.parseLong(events), new BigDecimal(amount).setScale(SCALE));
    }
}
