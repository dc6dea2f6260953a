package io.millrace.audit;

import io.millrace.log.LogTerms;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/**
 * Whether anything is stored twice, by reading positions and ids of all rows. What does not fit into memory is grouped on
 * disk.
 */
final class DuplicateCheck {
    private final EventStore store;
    private final Cut cut;
    private final Findings findings;

    DuplicateCheck(EventStore store, Cut cut, Findings findings) {
        this.store = store;
        this.cut = cut;
        this.findings = findings;
    }

    void positions(LocalDate day) {
        store.forEach(positionsSql(day), row -> {
            long positions = row.getLong("positions");
            findings.add(Finding.of(
                    Check.POSITION_TWICE,
                    EventStore.where(row),
                    positions,
                    "%d positions have more than one row, the first is offset %d"
                            .formatted(positions, row.getLong("first"))));
        });
    }

    /** Looks for events of one day that are copies of earlier ones. */
    void events(LocalDate day, List<RegisteredLog> logs) {
        for (RegisteredLog log : logs) {
            store.forEach(eventsSql(day, log.terms()), row -> {
                long copies = row.getLong("copies");
                findings.add(Finding.of(
                        Check.EVENT_TWICE,
                        EventStore.where(row),
                        copies,
                        "%d events are stored again within the duplicate window, the first at offset %d"
                                .formatted(copies, row.getLong("first"))));
            });
        }
    }

    private String positionsSql(LocalDate day) {
        return """
            SELECT '%1$s' AS day, log_id, partition, count() AS positions, min(offset) AS first
            FROM (
                SELECT log_id, partition, offset FROM events
                WHERE toDate(received_at) = '%1$s' AND offset < %2$s
                GROUP BY log_id, partition, offset HAVING count() > 1
            )
            GROUP BY log_id, partition""".formatted(day, cut.sql());
    }

    /** Well inside the window only, so that its edges are the duplicate rule's business alone. */
    private String eventsSql(LocalDate day, LogTerms terms) {
        Duration window = terms.duplicateWindowTime();
        return """
            WITH (later, earlier) -> later.1 > earlier.1 AND later.1 - earlier.1 < %4$d
                AND abs(later.2 - earlier.2) < %5$d AND later.3 = toDate('%1$s') AS is_again
            SELECT '%1$s' AS day, log_id, partition, sum(again) AS copies, min(at) AS first
            FROM (
                SELECT log_id, partition,
                    arraySort(groupArray((offset, toUnixTimestamp64Milli(received_at), toDate(received_at)))) AS places,
                    arrayCount(is_again, arraySlice(places, 2), arrayPopBack(places)) AS again,
                    arrayFirst(is_again, arraySlice(places, 2), arrayPopBack(places)).1 AS at
                FROM events
                WHERE toDate(received_at) BETWEEN toDate('%1$s') - %6$d AND toDate('%1$s')
                    AND log_id = %3$d AND offset < %2$s
                GROUP BY log_id, partition, tenant, event_id HAVING count() > 1 AND again > 0
            )
            GROUP BY log_id, partition""".formatted(
                day, cut.sql(), terms.logId(), terms.duplicateWindowOffsets(), window.toMillis(), window.toDays() + 1);
    }
}
