package io.millrace.cli;

import io.millrace.cli.door.Rejection;
import io.millrace.cli.door.Reply;
import java.util.Map;
import java.util.TreeMap;

/** The account of a demo. Written by the sender, read by whoever reports. */
final class DemoTally {
    private final TreeMap<String, Long> rejectedByReason = new TreeMap<>();
    private long accepted;
    private long rejected;

    synchronized void add(Reply reply) {
        accepted += reply.accepted();
        rejected += reply.rejected().size();
        for (Rejection rejection : reply.rejected()) {
            rejectedByReason.merge(rejection.code() + ": " + rejection.detail(), 1L, Long::sum);
        }
    }

    synchronized long accepted() {
        return accepted;
    }

    synchronized long rejected() {
        return rejected;
    }

    synchronized Map<String, Long> rejectedByReason() {
        return Map.copyOf(rejectedByReason);
    }
}
