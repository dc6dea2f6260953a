package io.millrace.prove.counting;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** What some events come to. Not for more than one thread. */
final class Numbers {
    private static final int SCALE = 6;

    private long events;
    private long amountEvents;
    private long amountMicros;
    private long leastMicros = Long.MAX_VALUE;
    private long greatestMicros = Long.MIN_VALUE;

    void addEvents(long more) {
        events = Math.addExact(events, more);
    }

    /** Of so many events, amounts that come to a sum, with their extremes. */
    void addAmounts(long ofEvents, long micros, long least, long greatest) {
        amountEvents = Math.addExact(amountEvents, ofEvents);
        amountMicros = Math.addExact(amountMicros, micros);
        leastMicros = Math.min(leastMicros, least);
        greatestMicros = Math.max(greatestMicros, greatest);
    }

    boolean isEmpty() {
        return events == 0;
    }

    /** As an answer has them. */
    @Override
    public String toString() {
        if (amountEvents == 0) {
            return Long.toString(events);
        }
        BigDecimal sum = BigDecimal.valueOf(amountMicros, SCALE);
        return String.join(
                " ",
                Long.toString(events),
                plain(sum),
                plain(sum.divide(BigDecimal.valueOf(amountEvents), SCALE, RoundingMode.HALF_EVEN)),
                plain(BigDecimal.valueOf(leastMicros, SCALE)),
                plain(BigDecimal.valueOf(greatestMicros, SCALE)));
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }
}
