package io.millrace.consumer.partition;

import io.millrace.consumer.range.RangeCutter;
import io.millrace.log.RecordReader;
import java.util.Optional;

/** What looking at a partition's ledger, tables and log came to. */
sealed interface Opening {
    /**
     * It is read from there.
     *
     * @param first how the first range is to be cut, if that is pinned
     * @param reader which remembers what came before
     */
    record Opened(RangeCutter.Start start, Optional<Pinned> first, RecordReader reader) implements Opening {}

    record Refused(Stop stop) implements Opening {}
}
