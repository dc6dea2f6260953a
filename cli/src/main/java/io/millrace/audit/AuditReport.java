package io.millrace.audit;

import java.util.List;

/**
 * What an audit found.
 *
 * @param partitions all that any log has, in order
 * @param findings everything that is not as it must be
 * @param notices what is as it may be, but not settled: rows in flight, days about to go
 */
public record AuditReport(List<PartitionAccount> partitions, List<Finding> findings, List<String> notices) {
    public AuditReport {
        partitions = List.copyOf(partitions);
        findings = List.copyOf(findings);
        notices = List.copyOf(notices);
    }

    /** {@return all differences together; 0 when everything adds up} */
    public long difference() {
        return findings.stream().mapToLong(Finding::difference).sum();
    }

    /** Only what an earlier look found too: what was under way has moved on since. */
    AuditReport confirming(AuditReport earlier) {
        List<Finding> confirmed = findings.stream()
                .filter(finding -> earlier.findings.stream().anyMatch(finding::isAbout))
                .toList();
        return new AuditReport(partitions, confirmed, notices);
    }
}
