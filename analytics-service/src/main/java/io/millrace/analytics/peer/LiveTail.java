package io.millrace.analytics.peer;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.tail.LiveTotals;
import io.millrace.analytics.tail.LogTail;
import io.millrace.analytics.tail.Reach;
import io.millrace.analytics.tail.Selection;
import io.millrace.analytics.total.Totals;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntToLongFunction;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/**
 * The live tail of the whole log, wherever its partitions are held: here, or by another instance. Of each partition one
 * whole reply is taken, and whose it is does not matter: a tail is a function of the log.
 */
public final class LiveTail {
    private final LogTail here;
    private final Peers peers;
    private final int partitions;

    LiveTail(LogTail here, Peers peers, int partitions) {
        this.here = here;
        this.peers = peers;
        this.partitions = partitions;
    }

    /**
     * {@return whether a stored result that reaches up to the given offsets is joined by the tails of all partitions, as
     * far as that is known without asking another instance}
     */
    public boolean joins(IntToLongFunction from) {
        SortedMap<Integer, Reach> reaches = here.reaches();
        Map<Integer, String> elsewhere = here.elsewhere();
        for (int partition = 0; partition < partitions; partition++) {
            Reach reach = reaches.get(partition);
            if (reach == null ? !elsewhere.containsKey(partition) : !reach.holdsFrom(from.applyAsLong(partition))) {
                return false;
            }
        }
        return true;
    }

    /**
     * Asks.
     *
     * @param from the offset from which on, by partition
     */
    public Mono<LiveTotals> ask(Question question, IntToLongFunction from) {
        Map<Integer, Long> offsets = new HashMap<>();
        for (int partition = 0; partition < partitions; partition++) {
            offsets.put(partition, from.applyAsLong(partition));
        }
        LiveTotals local = here.ask(offsets, Selection.of(question));
        Map<String, Map<Integer, Long>> others = new TreeMap<>();
        here.elsewhere().forEach((partition, address) -> {
            Long offset = offsets.get(partition);
            if (offset != null && !local.reaches().containsKey(partition)) {
                others.computeIfAbsent(address, _ -> new TreeMap<>()).put(partition, offset);
            }
        });
        return others.isEmpty()
                ? Mono.just(local)
                : Flux.fromIterable(others.entrySet())
                        .flatMap(other -> peers.ask(other.getKey(), question, other.getValue()))
                        .collectList()
                        .map(replies -> together(local, replies));
    }

    /** Every partition was asked of one instance only, so nothing is counted twice. */
    private static LiveTotals together(LiveTotals local, List<LiveTotals> replies) {
        LiveTotals all = local;
        for (LiveTotals reply : replies) {
            SortedMap<Integer, Reach> reaches = new TreeMap<>(all.reaches());
            reaches.putAll(reply.reaches());
            all = new LiveTotals(Totals.merged(all.totals(), reply.totals()), reaches);
        }
        return all;
    }
}
