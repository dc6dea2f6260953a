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
import java.util.Set;
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
        Map<String, Map<Integer, Long>> others = others(offsets, local.reaches().keySet(), here.elsewhere());
        return others.isEmpty()
                ? Mono.just(local)
                : Flux.fromIterable(others.entrySet())
                        .flatMap(other -> peers.ask(other.getKey(), question, other.getValue()))
                        .collectList()
                        .map(replies -> together(local, replies));
    }

    /**
     * Whom to ask for what. While partitions move, one that is held here may be held elsewhere, too.
     *
     * @param offsets from which on, by partition
     * @param here the partitions that have answered already
     * @param elsewhere where others hold partitions
     * @return the offsets of the rest, by address
     */
    static Map<String, Map<Integer, Long>> others(
            Map<Integer, Long> offsets, Set<Integer> here, Map<Integer, String> elsewhere) {
        Map<String, Map<Integer, Long>> others = new TreeMap<>();
        elsewhere.forEach((partition, address) -> {
            Long offset = offsets.get(partition);
            if (offset != null && !here.contains(partition)) {
                others.computeIfAbsent(address, _ -> new TreeMap<>()).put(partition, offset);
            }
        });
        return others;
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
