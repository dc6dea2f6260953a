package io.millrace.audit;

import java.util.Locale;

/** What is held against what. The difference of each is counted in the unit named here. */
public enum Check {
    /** Opening rows of a partition's ledger beyond the first, or 1 when there is none or it is not the first row. */
    OPENING,
    /** Offsets between two rows of the ledger. */
    GAP,
    /** Offsets in two rows of the ledger. */
    OVERLAP,
    /** Offsets that a row of the ledger has and does not account for, or accounts for and does not have. */
    ACCOUNT,
    /** Offsets by which the ledger ends behind the log, which was truncated. */
    TRUNCATED,
    /** Offsets that Kafka deleted before they were read, and of which the ledger does not know. */
    DELETED_UNREAD,
    /** Offsets still not stored when the wait was over. */
    NOT_STORED,
    /** Rows of a partition that no log has. */
    STRANGER,
    /** Rows of {@code events}. */
    EVENTS,
    /** Rows that {@code events_per_minute} counts. */
    EVENTS_PER_MINUTE,
    /** Rows that {@code events_per_hour} counts. */
    EVENTS_PER_HOUR,
    /** Rows of {@code dead_letters}. */
    DEAD_LETTERS,
    /** Positions with more than one row in {@code events}. */
    POSITION_TWICE,
    /** Events that are stored again within the window in which they are duplicates. */
    EVENT_TWICE,
    /** Tenants and types, whose sums in a view are not those of the rows. */
    VIEW_SUMS;

    /** {@return its name in the JSON} */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }
}
