package io.millrace.audit;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.locks.LockSupport;

/** Recounts everything. RATIONALE.md has the reasons for the order of the readings. */
public final class Audit {
    private static final Duration ASK_AGAIN_AFTER = Duration.ofMillis(100);

    private final ControlDatabase control;
    private final KafkaTopic kafka;
    private final EventStore store;
    private final Ledger ledger;
    private final boolean thorough;

    private Audit(ControlDatabase control, KafkaTopic kafka, EventStore store, boolean thorough) {
        this.control = control;
        this.kafka = kafka;
        this.store = store;
        this.ledger = new Ledger(store);
        this.thorough = thorough;
    }

    /**
     * Audits a running or resting installation.
     *
     * @throws AuditFailure when it cannot be carried out
     */
    public static AuditReport run(AuditTarget target, AuditTerms terms) {
        try (ControlDatabase control = new ControlDatabase(target.postgres());
                KafkaTopic kafka = new KafkaTopic(target.kafka(), target.topic());
                EventStore store = new EventStore(target.clickHouse())) {
            Audit audit = new Audit(control, kafka, store, terms.thorough());
            List<RegisteredLog> logs = control.logs();
            RegisteredLog current = kafka.current(logs);
            Map<LogPartition, Long> awaited = terms.waits() ? kafka.ends(current) : Map.of();
            audit.await(awaited, terms.patience());
            AuditReport first = audit.look(logs, current, awaited);
            // Retention may have dropped a day between two readings. What is wrong is still wrong when looked at again.
            return first.findings().isEmpty()
                    ? first
                    : audit.look(logs, current, awaited).confirming(first);
        }
    }

    private void await(Map<LogPartition, Long> awaited, Duration patience) {
        long deadlineNanos = System.nanoTime() + patience.toNanos();
        while (System.nanoTime() < deadlineNanos) {
            Cut now = ledger.cut();
            if (awaited.entrySet().stream().allMatch(end -> now.end(end.getKey()) >= end.getValue())) {
                return;
            }
            LockSupport.parkNanos(ASK_AGAIN_AFTER.toNanos());
        }
    }

    /** One look. The order matters: the log's starts, the ledger, the log's ends, the tables. */
    private AuditReport look(List<RegisteredLog> logs, RegisteredLog current, Map<LogPartition, Long> awaited) {
        Findings findings = new Findings();
        Map<LogPartition, Long> starts = kafka.starts(current);
        Cut cut = ledger.cut();
        Map<LogPartition, Long> ends = kafka.ends(current);
        Map<LogPartition, PartitionAccount.KafkaRange> ranges = new HashMap<>();
        ends.forEach((place, end) ->
                ranges.put(place, new PartitionAccount.KafkaRange(starts.getOrDefault(place, 0L), end)));

        Map<LogPartition, Ledger.Shape> shapes = ledger.shapes(cut);
        Expectation expectation = new Expectation(cut, ledger.accounts(cut), store.state(), control.droppedDays());
        List<PartitionAccount> accounts = accounts(expectation, shapes, ranges);
        ShapeCheck shape = new ShapeCheck(findings);
        shape.rows(logs, shapes);
        accounts.forEach(shape::log);
        accounts.forEach(account -> shape.waited(account, awaited.getOrDefault(account.place(), 0L)));
        Set<LocalDate> days = compareRows(logs, expectation, findings);
        if (thorough) {
            lookThoroughly(days, logs, expectation, findings);
        }
        return new AuditReport(accounts, findings.differences(), findings.notices());
    }

    private static List<PartitionAccount> accounts(
            Expectation expectation,
            Map<LogPartition, Ledger.Shape> shapes,
            Map<LogPartition, PartitionAccount.KafkaRange> ranges) {
        Map<LogPartition, Account> sums = new TreeMap<>();
        expectation.accounts().forEach((where, account) -> sums.merge(where.place(), account, Account::plus));
        List<PartitionAccount> accounts = new ArrayList<>();
        shapes.forEach((place, shape) -> accounts.add(new PartitionAccount(
                place,
                ranges.get(place),
                shape.start(),
                expectation.cut().end(place),
                sums.getOrDefault(place, Account.NOTHING))));
        return accounts;
    }

    /** {@return the days that have rows} */
    private Set<LocalDate> compareRows(List<RegisteredLog> logs, Expectation expectation, Findings findings) {
        RowsCheck check = new RowsCheck(store, expectation, findings);
        Map<StoredTable, Map<PartitionDay, StoredRows>> tables = check.read();
        tables.values().forEach(table -> refuseStrangers(logs, table, findings));
        LedgerProgress progress = LedgerProgress.past(ledger, expectation.cut(), tables.values());
        tables.forEach((table, rows) -> check.compare(table, rows, progress));
        check.compareLetters(store.deadLetters(expectation.cut()));
        Set<LocalDate> days = new TreeSet<>();
        tables.values().forEach(table -> table.keySet().forEach(where -> days.add(where.day())));
        return days;
    }

    private static void refuseStrangers(
            List<RegisteredLog> logs, Map<PartitionDay, StoredRows> table, Findings findings) {
        Set<PartitionDay> strangers = new TreeSet<>(table.keySet());
        strangers.removeIf(where -> logs.stream().anyMatch(log -> log.has(where.place())));
        for (PartitionDay where : strangers) {
            StoredRows rows = table.get(where);
            if (rows != null && rows.rows() > 0) {
                findings.add(Finding.of(
                        Check.STRANGER, where, rows.rows(), "%d rows of no log that is known".formatted(rows.rows())));
            }
        }
        table.keySet().removeAll(strangers);
    }

    private void lookThoroughly(
            Set<LocalDate> days, List<RegisteredLog> logs, Expectation expectation, Findings findings) {
        DuplicateCheck duplicates = new DuplicateCheck(store, expectation.cut(), findings);
        SumsCheck sums = new SumsCheck(store, ledger, expectation, findings);
        for (LocalDate day : days) {
            duplicates.positions(day);
            duplicates.events(day, logs);
            sums.compare(StoredTable.EVENTS_PER_MINUTE, day);
            sums.compare(StoredTable.EVENTS_PER_HOUR, day);
        }
    }
}
