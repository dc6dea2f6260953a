package io.millrace.prove.counting;

import org.jspecify.annotations.Nullable;

/**
 * One event, as far as it is counted.
 *
 * @param offset Kafka's
 * @param timestampMillis when it happened
 * @param weight how many events it stands for
 * @param amountMicros null without an amount
 */
record Counted(
        int offset,
        long timestampMillis,
        int weight,
        @Nullable Long amountMicros) {}
