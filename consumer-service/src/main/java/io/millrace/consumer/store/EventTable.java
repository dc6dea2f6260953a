package io.millrace.consumer.store;

import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.Range;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;

/** {@code events_in} and the three tables behind it. */
final class EventTable {
    /** One round trip. All but {@code within} is read from projections, and that only from parts of that time. */
    private static final String HOLDINGS = """
            SELECT
                (SELECT toInt64(sum(stored)) FROM ledger FINAL
                 WHERE log_id = {log:UInt32} AND partition = {partition:UInt16} AND kind = 'stored'
                   AND received_day = {day:Date} AND start_offset < {start:UInt64}) AS ledger_before,
                (SELECT toInt64(count()) FROM events
                 WHERE toDate(received_at) = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}
                   AND received_at >= fromUnixTimestamp64Milli({from:Int64})
                   AND offset >= {start:UInt64} AND offset < {end:UInt64}) AS within,
                (SELECT toInt64(count()) FROM events
                 WHERE toDate(received_at) = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS events_rows,
                (SELECT toInt64(max(offset)) FROM events
                 WHERE toDate(received_at) = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS events_max,
                (SELECT toInt64(sum(rows)) FROM events_per_minute
                 WHERE received_day = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS minute_rows,
                (SELECT toInt64(max(offset_max)) FROM events_per_minute
                 WHERE received_day = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS minute_max,
                (SELECT toInt64(sum(rows)) FROM events_per_hour
                 WHERE received_day = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS hour_rows,
                (SELECT toInt64(max(offset_max)) FROM events_per_hour
                 WHERE received_day = {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS hour_max""";

    private static final String ENDS = """
            SELECT
                (SELECT if(count() = 0, 0, toInt64(max(offset)) + 1) FROM events
                 WHERE toDate(received_at) >= {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS events,
                (SELECT if(sum(rows) = 0, 0, toInt64(max(offset_max)) + 1) FROM events_per_minute
                 WHERE received_day >= {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS minute,
                (SELECT if(sum(rows) = 0, 0, toInt64(max(offset_max)) + 1) FROM events_per_hour
                 WHERE received_day >= {day:Date} AND log_id = {log:UInt32} AND partition = {partition:UInt16}) AS hour""";

    /** LogAppendTime can run back when a broker's clock is set back; not by days. */
    static final int DAYS_BACK = 2;

    private final Statements statements;

    EventTable(Statements statements) {
        this.statements = statements;
    }

    /** A table that a range's events end up in. */
    enum Target {
        EVENTS("events"),
        MINUTE("events_per_minute"),
        HOUR("events_per_hour");

        static final List<Target> VIEWS = List.of(MINUTE, HOUR);

        private final String table;

        Target(String table) {
            this.table = table;
        }

        String table() {
            return table;
        }

        /** What fills it from {@code events_in}. */
        String view() {
            return "events_in_to_" + table;
        }
    }

    /** Inserts the range's events into all three tables, each of which takes them at most once under the range's name. */
    void insert(Range range, Instant deadline) {
        String token = range.entry().toString();
        statements.insert(
                "events_in", range.events().block(), deadline, InsertTerms.events(token, QueryIds.next(token)));
    }

    /** Inserts the range's events into one table alone, which lacks them. The views are filled from {@code events}. */
    void repair(Target target, Range range, Intent intent) {
        String token = "%s-%s-%d".formatted(range.entry(), target.table(), intent.attempt());
        if (target == Target.EVENTS) {
            statements.insert(
                    target.table(),
                    range.events().block(),
                    intent.deadline(),
                    InsertTerms.events(token, QueryIds.next(token)));
        } else {
            statements.run(
                    "INSERT INTO " + target.table() + " " + selectOf(target, range.entry(), intent.deadline()),
                    QueryIds.next(token),
                    InsertTerms.select(token));
        }
    }

    /** What there is of a range's day. */
    Holdings holdings(LedgerEntry range) {
        return statements.row(
                HOLDINGS,
                Map.of(
                        "day", range.receivedDay().toString(),
                        "log", range.partition().logId(),
                        "partition", range.partition().partition(),
                        "from", range.receivedFrom().toEpochMilli(),
                        "start", range.startOffset(),
                        "end", range.endOffset()),
                row -> new Holdings(
                        row.getLong("ledger_before"),
                        row.getLong("within"),
                        new Holdings.Table(row.getLong("events_rows"), row.getLong("events_max")),
                        new Holdings.Table(row.getLong("minute_rows"), row.getLong("minute_max")),
                        new Holdings.Table(row.getLong("hour_rows"), row.getLong("hour_max"))));
    }

    /** The offset behind the last row in any of the three, from about that day of receipt on; 0 when there is none. */
    long end(LogPartition partition, LocalDate day) {
        return statements.row(
                ENDS,
                Map.of(
                        "day", day.minusDays(DAYS_BACK).toString(),
                        "log", partition.logId(),
                        "partition", partition.partition()),
                row -> Math.max(row.getLong("events"), Math.max(row.getLong("minute"), row.getLong("hour"))));
    }

    /** The view's own query, as the server has it, over the range's rows of {@code events}. */
    private String selectOf(Target target, LedgerEntry range, Instant deadline) {
        String query = statements.row(
                "SELECT as_select FROM system.tables WHERE database = currentDatabase() AND name = {name:String}",
                Map.of("name", target.view()),
                row -> row.getString("as_select"));
        String grouped = ".events_in GROUP BY ";
        int at = query.indexOf(grouped);
        if (at < 0) {
            throw OutsideTrouble.found(
                    "view_unknown", "the query of " + target.view() + " is not what migrate made it");
        }
        String rows = """
                .events WHERE toDate(received_at) = toDate('%s') AND log_id = %d AND partition = %d \
                AND received_at >= fromUnixTimestamp64Milli(%d) AND offset >= %d AND offset < %d AND %s""".formatted(
                        range.receivedDay(),
                        range.partition().logId(),
                        range.partition().partition(),
                        range.receivedFrom().toEpochMilli(),
                        range.startOffset(),
                        range.endOffset(),
                        InsertTerms.inTime(deadline));
        return query.substring(0, at) + rows + " GROUP BY " + query.substring(at + grouped.length());
    }
}
