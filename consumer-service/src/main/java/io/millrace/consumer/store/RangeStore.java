package io.millrace.consumer.store;

import com.clickhouse.client.api.Client;
import io.millrace.consumer.range.Range;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Stores ranges, at least once: events, dead letters, ledger row. The ledger row comes last, so a range is recorded only
 * when it is stored.
 *
 * <p>A replay of the same range sends the same rows under the same token, which the server takes once. The token alone
 * is no proof, since the server may have noted it and died before the rows were there: a doubtful range is looked for
 * and, if anything of it is missing, sent again under another token. A half-done range has no ledger row and is replayed
 * whole. A shutdown leaves at most that behind.
 */
public final class RangeStore {
    private static final Logger LOG = LoggerFactory.getLogger(RangeStore.class);

    private final Statements statements;
    private final ServerClock clock;
    private final EventTable events;
    private final LedgerTable ledger;
    private final StoreMeters meters;

    public RangeStore(Client client, StoreMeters meters) {
        this.statements = new Statements(client);
        this.clock = new ServerClock(statements);
        this.events = new EventTable(statements);
        this.ledger = new LedgerTable(statements);
        this.meters = meters;
    }

    public LedgerTable ledger() {
        return ledger;
    }

    /**
     * Stores a range; the one before it must be stored.
     *
     * @param doubtful whether it may have been sent before: after a failure, and at the start of an assignment
     * @param abandoned set when the partition is no longer ours: then nothing more is begun
     * @return whether it was stored; false only when abandoned
     * @throws OutsideTrouble when it has to be tried again
     */
    public boolean store(Range range, boolean doubtful, AtomicBoolean abandoned) {
        ServerMoment asked = clock.ask();
        if (range.events().block().rows() > 0 && !abandoned.get()) {
            insertEvents(range, doubtful);
        }
        if (range.deadLetters().block().rows() > 0 && !abandoned.get()) {
            meters.timed(
                    "dead_letters",
                    () -> statements.insert(
                            "dead_letters",
                            range.deadLetters().block(),
                            InsertTerms.replacing(QueryIds.next(range.entry() + "-dead"))));
        }
        if (abandoned.get()) {
            return false;
        }
        meters.timed("ledger", () -> ledger.append(range.entry(), asked));
        meters.stored(range);
        return true;
    }

    private void insertEvents(Range range, boolean doubtful) {
        String token = range.entry().toString();
        meters.timed("events_in", () -> events.insert(range, token));
        if (!doubtful) {
            return;
        }
        List<String> lacking = events.lacking(range);
        if (!lacking.isEmpty()) {
            LOG.warn("range {} was accepted and is not whole, so it is sent again: {}", token, lacking);
            meters.resent();
            // A token that was never used: whatever the server remembers, it takes these rows.
            meters.timed("events_in", () -> events.insert(range, token + "-" + UUID.randomUUID()));
            if (!events.lacking(range).isEmpty()) {
                throw new OutsideTrouble("rows_missing", "range " + token + " was accepted twice and is not whole");
            }
        }
    }
}
