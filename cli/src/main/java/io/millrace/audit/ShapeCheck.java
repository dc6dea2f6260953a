package io.millrace.audit;

import java.util.List;
import java.util.Map;

/** Whether the ledger's rows meet, account for their offsets, and end where the log can. */
final class ShapeCheck {
    private final Findings findings;

    ShapeCheck(Findings findings) {
        this.findings = findings;
    }

    /** Checks the rows of every partition of every log. */
    void rows(List<RegisteredLog> logs, Map<LogPartition, Ledger.Shape> shapes) {
        for (RegisteredLog log : logs) {
            for (int partition = 0; partition < log.terms().partitions(); partition++) {
                LogPartition place = new LogPartition(log.terms().logId(), partition);
                Ledger.Shape shape = shapes.get(place);
                if (shape == null) {
                    findings.add(Finding.of(Check.OPENING, place, 1, "it has no ledger: run 'millrace migrate'"));
                } else {
                    rows(place, shape);
                }
            }
        }
    }

    private void rows(LogPartition place, Ledger.Shape shape) {
        if (shape.openings() != 1 || !shape.opensFirst()) {
            findings.add(Finding.of(
                    Check.OPENING,
                    place,
                    Math.max(1, Math.abs(shape.openings() - 1)),
                    "%d rows open its ledger%s"
                            .formatted(shape.openings(), shape.opensFirst() ? "" : ", and none is its first row")));
        }
        fault(Check.GAP, place, shape.gap(), "are in no row of the ledger");
        fault(Check.OVERLAP, place, shape.overlap(), "are in more than one row of the ledger");
        fault(Check.ACCOUNT, place, shape.unaccounted(), "are not accounted for by their row of the ledger");
    }

    private void fault(Check check, LogPartition place, Ledger.Fault fault, String what) {
        if (fault.offsets() != 0) {
            findings.add(Finding.of(
                    check,
                    place,
                    fault.offsets(),
                    "%d offsets from %d on %s".formatted(fault.offsets(), fault.at(), what)));
        }
    }

    /** Holds a partition's ledger against the log; the log's start was read before the ledger, its end after. */
    void log(PartitionAccount account) {
        account.inKafka().ifPresent(kafka -> {
            if (kafka.end() < account.end()) {
                findings.add(Finding.of(
                        Check.TRUNCATED,
                        account.place(),
                        account.end() - kafka.end(),
                        "the log ends at %d, the ledger at %d: the log was truncated"
                                .formatted(kafka.end(), account.end())));
            }
            if (kafka.start() > account.end()) {
                findings.add(Finding.of(
                        Check.DELETED_UNREAD,
                        account.place(),
                        kafka.start() - account.end(),
                        "the ledger ends at %d, and Kafka has deleted what lies below %d"
                                .formatted(account.end(), kafka.start())));
            }
        });
    }

    /** Holds it against where the log ended when the wait began. */
    void waited(PartitionAccount account, long awaited) {
        if (account.end() < awaited) {
            findings.add(Finding.of(
                    Check.NOT_STORED,
                    account.place(),
                    awaited - account.end(),
                    "it is stored up to %d of %d, and the wait is over".formatted(account.end(), awaited)));
        }
    }
}
