package io.millrace.prove.verdict;

import io.millrace.prove.traffic.Note;
import io.millrace.prove.traffic.Sent;
import java.io.IOException;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** Compares everything that is stored with the log's own account. */
public final class Verdict {
    private static final String EVENTS_SUMS = "SELECT tenant, event_type, count(), sum(weight), "
            + "sum(ifNull(order_amount, toDecimal128(0, 6)) * toDecimal128(weight, 0)) "
            + "FROM events GROUP BY tenant, event_type";
    private static final String VIEW_SUMS =
            "SELECT tenant, event_type, sum(rows), sum(events), sum(amount_sum) FROM %s GROUP BY tenant, event_type";

    private final LogRecount log;
    private final Store store;

    /** Reads the log up to where it ends now. */
    public Verdict(LogReading reading, Store store) {
        this.log = reading.read();
        this.store = store;
    }

    /** What must be stored, in one line. */
    public String expectation() {
        return log.toString();
    }

    /** All comparisons; the promise holds when all of them do. */
    public List<Finding> findings(Sent sent) throws IOException, InterruptedException {
        List<Finding> findings = new ArrayList<>();
        findings.add(acknowledged(sent));
        findings.add(positions("events", "each event of the log is one row of events", PartitionRecount::stored));
        findings.add(identities());
        findings.add(sums("events, by tenant and type: rows, weight, amount", EVENTS_SUMS));
        findings.add(sums("events_per_minute, the same", VIEW_SUMS.formatted("events_per_minute")));
        findings.add(sums("events_per_hour, the same", VIEW_SUMS.formatted("events_per_hour")));
        findings.add(positions(
                "dead_letters FINAL", "each malformed record is one dead letter", PartitionRecount::deadLetters));
        findings.add(reasons());
        findings.add(ledger());
        return findings;
    }

    private Finding acknowledged(Sent sent) {
        Differences differences = new Differences();
        if (!sent.agreesWith(log.records())) {
            differences.add(Difference.ofSum("the log has %,d records; %s".formatted(log.records(), sent)));
        }
        return Finding.of("the log has what Kafka acknowledged", differences);
    }

    private Finding positions(String table, String question, Function<PartitionRecount, BitSet> wanted)
            throws IOException, InterruptedException {
        Differences differences = new Differences();
        for (PartitionRecount partition : log.partitions()) {
            new StoredPositions(store).compare(table, partition, wanted.apply(partition), differences);
        }
        return Finding.of(question, differences);
    }

    private Finding identities() throws IOException, InterruptedException {
        Differences differences = new Differences();
        long distinct =
                store.number("SELECT count() FROM (SELECT DISTINCT tenant, event_id, event_id_text FROM events)");
        differences.addUnlessEqual("distinct tenants and ids", log.stored(), distinct);
        return Finding.of("as many distinct ids as events", differences);
    }

    private Finding sums(String question, String sql) throws IOException, InterruptedException {
        Map<String, Sums> found = new TreeMap<>();
        for (List<String> row : store.rows(sql)) {
            found.put(row.get(0) + "\t" + row.get(1), Sums.of(row.get(2), row.get(3), row.get(4)));
        }
        Differences differences = new Differences();
        TreeSet<String> keys = new TreeSet<>(found.keySet());
        keys.addAll(log.sums().keySet());
        for (String key : keys) {
            differences.addUnlessEqual(
                    key.replace('\t', ' '), String.valueOf(log.sums().get(key)), String.valueOf(found.get(key)));
        }
        return Finding.of(question, differences);
    }

    /** Where the producer left the reason to the decoder, only the number is compared, with the positions. */
    private Finding reasons() throws IOException, InterruptedException {
        Map<String, Long> found = new TreeMap<>();
        for (List<String> row : store.rows("SELECT reason, count() FROM dead_letters FINAL GROUP BY reason")) {
            found.put(row.getFirst(), Long.parseLong(row.getLast()));
        }
        Differences differences = new Differences();
        log.reasons().forEach((reason, count) -> {
            if (!reason.equals(Note.ANY)) {
                differences.addUnlessEqual("dead letters " + reason, count, found.getOrDefault(reason, 0L));
            }
        });
        return Finding.of("dead letters, by reason", differences);
    }

    private Finding ledger() throws IOException, InterruptedException {
        Differences differences = new Differences();
        for (PartitionRecount partition : log.partitions()) {
            new LedgerRows(store).compare(partition, differences);
        }
        return Finding.of("the ledger has no gap and each row counts rightly", differences);
    }
}
