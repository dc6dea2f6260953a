package io.millrace.consumer.partition;

import io.millrace.consumer.range.RangeCutter;
import java.util.Optional;

/** What looking at a partition's ledger, tables and log came to. */
sealed interface Opening {
    /** It is read from there; the first range is cut as it is pinned, if it is. */
    record Opened(RangeCutter.Start start, Optional<Pinned> first) implements Opening {}

    record Refused(Stop stop) implements Opening {}
}
