package io.millrace.cli.door;

import java.util.List;
import java.util.stream.Stream;

/**
 * What the door said of one batch. Both together are all of its events.
 *
 * @param accepted events that are durable now
 * @param rejected the others, by index
 */
public record Reply(int accepted, List<Rejection> rejected) {
    public Reply {
        if (accepted < 0) {
            throw new IllegalArgumentException("a count is not negative: " + accepted);
        }
        rejected = List.copyOf(rejected);
    }

    /** This reply and that to the events that came {@code offset} events later in the same batch. */
    Reply and(Reply later, int offset) {
        List<Rejection> all = Stream.concat(
                        rejected.stream(), later.rejected.stream().map(rejection -> rejection.movedBy(offset)))
                .toList();
        return new Reply(accepted + later.accepted, all);
    }
}
