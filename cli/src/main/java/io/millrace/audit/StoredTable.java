package io.millrace.audit;

import java.util.Locale;

/** The three tables that an insert fills. Each is, per partition, a prefix of the log. */
enum StoredTable {
    EVENTS("toDate(received_at)", "max(offset)", "count()", "events_floor", Check.EVENTS),
    EVENTS_PER_MINUTE("received_day", "max(offset_max)", "sum(rows)", "minute_floor", Check.EVENTS_PER_MINUTE),
    EVENTS_PER_HOUR("received_day", "max(offset_max)", "sum(rows)", "hour_floor", Check.EVENTS_PER_HOUR);

    private final String day;
    private final String offsetMax;
    private final String rows;
    private final String floor;
    private final Check check;

    StoredTable(String day, String offsetMax, String rows, String floor, Check check) {
        this.day = day;
        this.offsetMax = offsetMax;
        this.rows = rows;
        this.floor = floor;
        this.check = check;
    }

    String table() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** {@return the name of its floor in {@code storage_state}} */
    String floor() {
        return floor;
    }

    Check check() {
        return check;
    }

    /** How far and how many by partition and day: word for word what the projection {@code positions} holds. */
    String positionsSql() {
        return "SELECT toString(%1$s) AS day, log_id, partition, %2$s AS offset_max, %3$s AS row_count FROM %4$s GROUP BY %1$s, log_id, partition"
                .formatted(day, offsetMax, rows, table());
    }
}
