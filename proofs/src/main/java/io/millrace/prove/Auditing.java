package io.millrace.prove;

import io.millrace.address.ServerUrl;
import io.millrace.audit.Audit;
import io.millrace.audit.AuditReport;
import io.millrace.audit.AuditTarget;
import io.millrace.audit.AuditTerms;
import io.millrace.localstack.Part;
import io.millrace.log.EventTopic;
import io.millrace.prove.stage.Stage;
import java.io.PrintStream;
import java.time.Duration;

/** What {@code ./millrace audit --thorough} says of the same installation, beside the recount of this module. */
final class Auditing {
    /** Everything is stored by now; what is not is a difference. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final Stage stage;
    private final PrintStream out;

    Auditing(Stage stage, PrintStream out) {
        this.stage = stage;
        this.out = out;
    }

    /** Audits and prints. {@return whether nothing differs} */
    boolean holds() {
        AuditReport report = Audit.run(
                new AuditTarget(
                        stage.server(Part.KAFKA).url(),
                        ServerUrl.parse(stage.server(Part.CLICKHOUSE).url()),
                        ServerUrl.parse(stage.server(Part.POSTGRES).url()),
                        EventTopic.NAME),
                new AuditTerms(true, PATIENCE));
        out.printf(
                "audit of %d partitions: difference %,d%n", report.partitions().size(), report.difference());
        report.findings().forEach(finding -> out.println("    " + finding));
        report.notices().forEach(notice -> out.println("    " + notice));
        return report.difference() == 0;
    }
}
