package io.millrace.cli.door;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the door said of one batch. All three together are all of its events.
 *
 * @param accepted events that are durable now
 * @param dropped events that the tenant's rules left out
 * @param rejected the others, by index; those that the door keeps as dead letters are among them
 */
public record Reply(int accepted, int dropped, List<Rejection> rejected) {
    public Reply {
        if (accepted < 0 || dropped < 0) {
            throw new IllegalArgumentException("a count is not negative: " + accepted + ", " + dropped);
        }
        rejected = List.copyOf(rejected);
    }

    /** Where no rule left anything out. */
    Reply(int accepted, List<Rejection> rejected) {
        this(accepted, 0, rejected);
    }

    /** This reply and that to the events that came {@code offset} events later in the same batch. */
    Reply and(Reply later, int offset) {
        List<Rejection> all = Stream.concat(
                        rejected.stream(), later.rejected.stream().map(rejection -> rejection.movedBy(offset)))
                .toList();
        return new Reply(accepted + later.accepted, dropped + later.dropped, all);
    }
}
