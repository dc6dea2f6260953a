package io.millrace.audit;

import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Set;

/**
 * What must be there of each partition and day.
 *
 * @param cut below which the accounts are
 * @param state the numbers of {@code storage_state}
 * @param droppedDays days of {@code events} that retention has dropped
 */
record Expectation(Cut cut, Map<PartitionDay, Account> accounts, Map<String, Long> state, Set<LocalDate> droppedDays) {

    Account account(PartitionDay where) {
        return accounts.getOrDefault(where, Account.NOTHING);
    }

    /** Whether retention has said that a day of what this floor belongs to goes, or is gone. */
    boolean isBelowFloor(String floor, LocalDate day) {
        long end = day.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant().toEpochMilli();
        return state.getOrDefault(floor, 0L) >= end;
    }

    /** Whether rows that the ledger accounts for as expired may still be there: they are counted before they go. */
    boolean isExpiring(PartitionDay where) {
        return account(where).removed().expired() > 0 && !droppedDays.contains(where.day());
    }
}
