package io.millrace.audit;

/**
 * What the ledger says became of offsets, and of the rows after that.
 *
 * @param offsets of all ranges
 * @param stored rows that were written to {@code events}
 * @param lost offsets that Kafka deleted before they were read
 * @param removed rows that were taken out of {@code events} since
 */
public record Account(
        long offsets, long stored, long duplicates, long deadLettered, long skipped, long lost, Removed removed) {
    public static final Account NOTHING = new Account(0, 0, 0, 0, 0, 0, Removed.NONE);

    /** Rows of {@code events} that were taken out, and put back. */
    public record Removed(long expired, long erased, long archived, long restored) {
        public static final Removed NONE = new Removed(0, 0, 0, 0);

        Removed plus(Removed more) {
            return new Removed(
                    expired + more.expired, erased + more.erased, archived + more.archived, restored + more.restored);
        }

        /** {@return how many rows fewer there are} */
        public long rows() {
            return expired + erased + archived - restored;
        }
    }

    /** {@return both together} */
    public Account plus(Account more) {
        return new Account(
                offsets + more.offsets,
                stored + more.stored,
                duplicates + more.duplicates,
                deadLettered + more.deadLettered,
                skipped + more.skipped,
                lost + more.lost,
                removed.plus(more.removed));
    }

    /** {@return rows that must be in a table} */
    long rowsOf(StoredTable table) {
        // Expired and archived days stay in the views, which are kept for longer; what is erased is erased everywhere.
        return table == StoredTable.EVENTS ? stored - removed.rows() : stored - removed.erased();
    }
}
