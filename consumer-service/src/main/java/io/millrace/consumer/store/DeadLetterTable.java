package io.millrace.consumer.store;

import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.Range;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;

/** The table {@code dead_letters}, in which a letter written again replaces itself. */
final class DeadLetterTable {
    private static final String END = """
            SELECT if(count() = 0, 0, toInt64(max(offset)) + 1) AS letters FROM dead_letters
            WHERE toDate(received_at) >= {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}""";

    private final Statements statements;

    DeadLetterTable(Statements statements) {
        this.statements = statements;
    }

    void insert(Range range, Instant deadline) {
        statements.insert(
                "dead_letters",
                range.deadLetters().block(),
                deadline,
                InsertTerms.replacing(QueryIds.next(range.entry() + "-dead")));
    }

    /** The offset behind the last one, from about that day of receipt on; 0 when there is none. */
    long end(LogPartition partition, LocalDate day) {
        return statements.row(
                END,
                Map.of(
                        "day", day.minusDays(EventTable.DAYS_BACK).toString(),
                        "log", partition.logId(),
                        "partition", partition.partition()),
                row -> row.getLong("letters"));
    }
}
