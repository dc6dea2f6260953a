package io.millrace.cli.load;

import io.millrace.cli.door.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** The account of a load: every line that was read is accepted, dropped by a rule, rejected, or still under way. */
public final class LoadTally {
    /** Rejected lines that are kept for the report; all of them go to the file. */
    public static final int SHOWN_MAX = 10;

    private final Optional<RejectedFile> file;
    private final TreeMap<Long, RejectedLine> first = new TreeMap<>();
    private long accepted;
    private long dropped;
    private long rejected;

    /** Begins at nothing; rejected lines go to the file as well, if there is one. */
    public LoadTally(Optional<RejectedFile> file) {
        this.file = file;
    }

    void add(SentLines sent, Reply reply) {
        accepted += reply.accepted();
        dropped += reply.dropped();
        reply.rejected().forEach(rejection -> reject(sent.rejected(rejection)));
    }

    void reject(RejectedLine line) {
        rejected++;
        first.put(line.line().number(), line);
        if (first.size() > SHOWN_MAX) {
            first.pollLastEntry();
        }
        if (file.isPresent()) {
            try {
                file.get().write(line);
            } catch (IOException e) {
                throw new UncheckedIOException("the file for rejected lines cannot be written", e);
            }
        }
    }

    public long accepted() {
        return accepted;
    }

    public long dropped() {
        return dropped;
    }

    public long rejected() {
        return rejected;
    }

    /** The rejected lines that come first in the input, each as a line for a person. */
    public List<String> firstRejected() {
        return first.values().stream().map(RejectedLine::toString).toList();
    }
}
