package io.millrace.analytics.store;

import com.clickhouse.client.api.data_formats.ClickHouseBinaryFormatReader;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.analytics.unique.Users;
import io.millrace.event.Amount;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** Takes the two kinds of rows apart that a {@link QuestionSql} has. */
final class StoredRows {
    private final int totalsMax;
    private final long usersBytesMax;
    private final List<Total> totals = new ArrayList<>();
    private final SortedMap<LogPartition, Long> highest = new TreeMap<>();
    private Measures all = Measures.NONE;
    private long usersBytes;

    /**
     * None yet.
     *
     * @param usersBytesMax what the sets of users may take together
     */
    StoredRows(int totalsMax, long usersBytesMax) {
        this.totalsMax = totalsMax;
        this.usersBytesMax = usersBytesMax;
    }

    List<Total> totals() {
        return totals;
    }

    Measures all() {
        return all;
    }

    SortedMap<LogPartition, Long> highest() {
        return highest;
    }

    /**
     * Takes a row.
     *
     * @param withUsers whether it has a set of users
     * @throws io.millrace.kit.problem.ProblemException when there are too many
     */
    void add(ClickHouseBinaryFormatReader row, boolean withUsers) {
        if (row.getBoolean("is_position")) {
            highest.put(
                    new LogPartition(Math.toIntExact(row.getLong("log_id")), row.getInteger("partition")),
                    row.getLong("highest_offset"));
            all = all.plus(measures(row));
            return;
        }
        if (totals.size() == totalsMax) {
            throw new AnswerSize(totalsMax).tooLarge();
        }
        Measures measures = measures(row);
        // Without a group there is a row even where there are no events, and only then.
        if (measures.events() > 0) {
            totals.add(new Total(
                    row.getString("name"),
                    row.getLong("start"),
                    withUsers ? measures.withUsers(users(row)) : measures));
        }
    }

    private Users users(ClickHouseBinaryFormatReader row) {
        Users users = Users.ofBase64(row.getString("users_state"));
        usersBytes += users.bytes();
        if (usersBytes > usersBytesMax) {
            throw AnswerSize.tooManyUsers(usersBytesMax);
        }
        return users;
    }

    private static Measures measures(ClickHouseBinaryFormatReader row) {
        long events = row.getLong("total_events");
        long amountEvents = row.getLong("total_amount_events");
        Measures measures = amountEvents == 0
                ? Measures.withoutAmounts(events)
                : new Measures(
                        events,
                        amountEvents,
                        micros(row, "total_amount"),
                        micros(row, "least_amount").longValueExact(),
                        micros(row, "largest_amount").longValueExact());
        return measures.withRows(row.getLong("total_rows"));
    }

    private static BigInteger micros(ClickHouseBinaryFormatReader row, String column) {
        return row.getBigDecimal(column).setScale(Amount.SCALE).unscaledValue();
    }
}
