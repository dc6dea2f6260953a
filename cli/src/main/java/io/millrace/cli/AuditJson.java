package io.millrace.cli;

import io.millrace.audit.Account;
import io.millrace.audit.AuditReport;
import io.millrace.audit.Finding;
import io.millrace.audit.PartitionAccount;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** An audit's report for programs. */
final class AuditJson {
    private static final JsonMapper JSON = JsonMapper.shared();

    private AuditJson() {}

    static String of(AuditReport report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("difference", report.difference());
        var partitions = root.putArray("partitions");
        report.partitions().forEach(account -> partitions.add(partition(account)));
        var findings = root.putArray("findings");
        report.findings().forEach(finding -> findings.add(finding(finding)));
        var notices = root.putArray("notices");
        report.notices().forEach(notices::add);
        return JSON.writeValueAsString(root);
    }

    private static ObjectNode partition(PartitionAccount of) {
        Account account = of.account();
        ObjectNode node = JSON.createObjectNode()
                .put("log_id", of.place().logId())
                .put("partition", of.place().partition())
                .put("start", of.start())
                .put("end", of.end());
        of.inKafka()
                .ifPresent(kafka -> node.put("kafka_start", kafka.start())
                        .put("kafka_end", kafka.end())
                        .put("lag", of.lag()));
        return node.put("stored", account.stored())
                .put("duplicates", account.duplicates())
                .put("dead_lettered", account.deadLettered())
                .put("skipped", account.skipped())
                .put("lost", account.lost())
                .put("expired", account.removed().expired())
                .put("erased", account.removed().erased())
                .put("archived", account.removed().archived())
                .put("restored", account.removed().restored());
    }

    private static ObjectNode finding(Finding of) {
        ObjectNode node = JSON.createObjectNode()
                .put("check", of.check().wire())
                .put("log_id", of.place().logId())
                .put("partition", of.place().partition());
        of.receivedDay().ifPresent(day -> node.put("received_day", day.toString()));
        return node.put("difference", of.difference()).put("detail", of.detail());
    }
}
