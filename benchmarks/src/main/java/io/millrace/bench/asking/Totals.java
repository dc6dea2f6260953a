package io.millrace.bench.asking;

import java.math.BigDecimal;
import java.math.RoundingMode;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** What events come to. Amounts are without trailing zeros, and null where there are none. */
record Totals(
        long events,
        @Nullable BigDecimal sum,
        @Nullable BigDecimal average,
        @Nullable BigDecimal least,
        @Nullable BigDecimal largest) {
    private static final int DECIMALS = 6;

    /** Of a group or a point in an answer. */
    static Totals of(JsonNode json) {
        return new Totals(
                json.path("count").asLong(),
                amount(json, "order_amount_sum"),
                amount(json, "order_amount_avg"),
                amount(json, "order_amount_min"),
                amount(json, "order_amount_max"));
    }

    /** Of ClickHouse's columns, from the number of events on. */
    static Totals of(String[] fields, int first) {
        long events = Long.parseLong(fields[first]);
        BigDecimal amounts = new BigDecimal(fields[first + 1]);
        if (amounts.signum() == 0) {
            return new Totals(events, null, null, null, null);
        }
        BigDecimal sum = new BigDecimal(fields[first + 2]);
        return new Totals(
                events,
                sum.stripTrailingZeros(),
                sum.divide(amounts, DECIMALS, RoundingMode.HALF_EVEN).stripTrailingZeros(),
                new BigDecimal(fields[first + 3]).stripTrailingZeros(),
                new BigDecimal(fields[first + 4]).stripTrailingZeros());
    }

    private static @Nullable BigDecimal amount(JsonNode json, String name) {
        return json.has(name) ? new BigDecimal(json.path(name).asString()).stripTrailingZeros() : null;
    }
}
