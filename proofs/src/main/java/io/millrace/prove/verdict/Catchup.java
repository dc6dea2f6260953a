package io.millrace.prove.verdict;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** Waits until the ledger says that everything in the log is stored: as long as it goes on, and no longer. */
public final class Catchup {
    /** Longer than a takeover, the fencing of an insert and the longest pause between tries together. */
    private static final Duration STANDSTILL_MAX = Duration.ofMinutes(2);

    private static final long LOOK_EVERY_MILLIS = 500;

    private final Store store;

    public Catchup(Store store) {
        this.store = store;
    }

    /**
     * Waits.
     *
     * @param ends of the log, by partition
     * @return what is lacking when nothing has moved for too long; empty when all is stored
     */
    public List<String> await(List<Long> ends) throws IOException, InterruptedException {
        List<Long> last = List.of();
        long movedNanos = System.nanoTime();
        while (System.nanoTime() - movedNanos < STANDSTILL_MAX.toNanos()) {
            List<Long> now = ledgerEnds(ends.size());
            if (lacking(ends, now).isEmpty()) {
                return List.of();
            }
            if (!now.equals(last)) {
                last = now;
                movedNanos = System.nanoTime();
            }
            Thread.sleep(LOOK_EVERY_MILLIS);
        }
        return lacking(ends, last);
    }

    private List<Long> ledgerEnds(int partitions) throws IOException, InterruptedException {
        List<Long> ends = new ArrayList<>();
        for (int partition = 0; partition < partitions; partition++) {
            ends.add(0L);
        }
        for (List<String> row : store.rows("SELECT partition, max(end_offset) FROM ledger GROUP BY partition")) {
            ends.set(Integer.parseInt(row.getFirst()), Long.parseLong(row.getLast()));
        }
        return ends;
    }

    private static List<String> lacking(List<Long> ends, List<Long> stored) {
        List<String> lacking = new ArrayList<>();
        for (int partition = 0; partition < ends.size(); partition++) {
            if (stored.get(partition) < ends.get(partition)) {
                lacking.add("partition %d is stored up to %d of %d"
                        .formatted(partition, stored.get(partition), ends.get(partition)));
            }
        }
        return lacking;
    }
}
