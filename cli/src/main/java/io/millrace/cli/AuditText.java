package io.millrace.cli;

import io.millrace.audit.Account;
import io.millrace.audit.AuditReport;
import io.millrace.audit.Finding;
import io.millrace.audit.LogPartition;
import io.millrace.audit.PartitionAccount;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** An audit's report for people: a line for each log, one for each partition where something differs, what differs. */
final class AuditText {
    private static final List<String> HEADINGS = List.of(
            "log",
            "partition",
            "offsets",
            "stored",
            "duplicates",
            "dead letters",
            "skipped",
            "lost",
            "removed",
            "lag",
            "difference");

    private final AuditReport report;
    private final List<List<String>> lines = new ArrayList<>();

    private AuditText(AuditReport report) {
        this.report = report;
    }

    static String of(AuditReport report) {
        return new AuditText(report).write();
    }

    private String write() {
        lines.add(HEADINGS);
        Map<Integer, List<PartitionAccount>> byLog = new TreeMap<>(report.partitions().stream()
                .collect(Collectors.groupingBy(account -> account.place().logId())));
        Set<LogPartition> differing =
                report.findings().stream().map(Finding::place).collect(Collectors.toSet());
        byLog.forEach((logId, accounts) -> {
            accounts.stream()
                    .filter(account -> differing.contains(account.place()))
                    .forEach(account -> line(Integer.toString(account.place().partition()), List.of(account)));
            line("all " + accounts.size(), accounts);
        });
        StringBuilder text = new StringBuilder(table());
        report.findings().forEach(finding -> text.append(finding).append('\n'));
        report.notices().forEach(notice -> text.append("note: ").append(notice).append('\n'));
        return text.append("difference ").append(report.difference()).toString();
    }

    private void line(String name, List<PartitionAccount> accounts) {
        Account sum = accounts.stream().map(PartitionAccount::account).reduce(Account.NOTHING, Account::plus);
        Set<LogPartition> places =
                accounts.stream().map(PartitionAccount::place).collect(Collectors.toSet());
        long difference = report.findings().stream()
                .filter(finding -> places.contains(finding.place()))
                .mapToLong(Finding::difference)
                .sum();
        List<String> cells = new ArrayList<>();
        cells.add(Integer.toString(accounts.getFirst().place().logId()));
        cells.add(name);
        for (long number : new long[] {
            sum.offsets(),
            sum.stored(),
            sum.duplicates(),
            sum.deadLettered(),
            sum.skipped(),
            sum.lost(),
            sum.removed().rows(),
            accounts.stream().mapToLong(PartitionAccount::lag).sum(),
            difference
        }) {
            cells.add(Long.toString(number));
        }
        lines.add(cells);
    }

    private String table() {
        StringBuilder text = new StringBuilder();
        for (List<String> line : lines) {
            for (int column = 0; column < line.size(); column++) {
                int width = width(column);
                text.append(column == 0 ? "" : "  ")
                        .append(" ".repeat(width - line.get(column).length()));
                text.append(line.get(column));
            }
            text.append('\n');
        }
        return text.toString();
    }

    private int width(int column) {
        return lines.stream().mapToInt(line -> line.get(column).length()).max().orElse(0);
    }
}
