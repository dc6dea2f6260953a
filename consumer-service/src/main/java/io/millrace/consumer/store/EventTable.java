package io.millrace.consumer.store;

import com.clickhouse.client.api.query.GenericRecord;
import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.Range;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** {@code events_in} and the three tables behind it. */
final class EventTable {
    private static final String PRESENT = """
            SELECT
                (SELECT toInt64(uniqExact(offset)) FROM events
                 WHERE toDate(received_at) = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}
                   AND offset >= {start:UInt64} AND offset < {end:UInt64}) AS events,
                (SELECT toInt64(max(offset_max)) FROM events_per_minute
                 WHERE received_day = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS events_per_minute,
                (SELECT toInt64(max(offset_max)) FROM events_per_hour
                 WHERE received_day = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS events_per_hour""";

    private final Statements statements;

    EventTable(Statements statements) {
        this.statements = statements;
    }

    /**
     * Inserts the range's events.
     *
     * @param token under which each of the three tables takes them at most once
     */
    void insert(Range range, String token) {
        statements.insert(
                "events_in",
                range.events().block(),
                InsertTerms.events(token, QueryIds.next(range.entry().toString())));
    }

    /**
     * Which of the three tables lack the range, or part of it, provided that nothing behind it is stored. An insert is
     * one part in each of them, so in the views it is there whole or not at all.
     */
    List<String> lacking(Range range) {
        LedgerEntry entry = range.entry();
        GenericRecord row = statements
                .rows(
                        PRESENT,
                        Map.of(
                                "day", entry.receivedDay().toString(),
                                "log", entry.partition().logId(),
                                "partition", entry.partition().partition(),
                                "start", entry.startOffset(),
                                "end", entry.endOffset()))
                .getFirst();
        long last = range.events().lastOffset();
        List<String> lacking = new ArrayList<>();
        if (row.getLong("events") < entry.counts().stored()) {
            lacking.add("events has " + row.getLong("events") + " of "
                    + entry.counts().stored() + " rows");
        }
        for (String view : List.of("events_per_minute", "events_per_hour")) {
            if (row.getLong(view) < last) {
                lacking.add(view + " ends at offset " + row.getLong(view) + ", not " + last);
            }
        }
        return lacking;
    }
}
