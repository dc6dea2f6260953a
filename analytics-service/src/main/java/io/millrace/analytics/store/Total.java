package io.millrace.analytics.store;

import java.math.BigDecimal;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the events of one group come to.
 *
 * @param eventType the group's
 * @param startEpochSecond of the point; 0 in answers without points
 * @param count of events; a sampled one counts as many times as it stands for
 * @param amountSum of their amounts, exact; null when none has one, which is not a sum of 0
 */
public record Total(
        String eventType,
        long startEpochSecond,
        long count,
        @Nullable BigDecimal amountSum) {

    /** {@return the sum of their amounts, if any has one} */
    public Optional<BigDecimal> amount() {
        return Optional.ofNullable(amountSum);
    }
}
