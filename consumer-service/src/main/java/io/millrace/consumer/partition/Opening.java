package io.millrace.consumer.partition;

import io.millrace.consumer.range.RangeCutter;

/** What looking at a partition's ledger and log came to. */
sealed interface Opening {
    record Opened(RangeCutter.Start start) implements Opening {}

    record Refused(Stop stop) implements Opening {}
}
