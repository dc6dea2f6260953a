package io.millrace.analytics.tail;

import io.millrace.kit.eventlog.EventLog;
import java.util.function.Consumer;
import org.apache.kafka.clients.admin.TopicDescription;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Ends the process when the topic is another one than it started with: positions, tails and what is stored would speak of
 * different logs. It starts again on the new log once {@code migrate} has registered that, and not before.
 */
final class LogReplaced implements Consumer<TopicDescription> {
    /** As BSD's sysexits have it: a failure that a later start may not have. */
    static final int EXIT_CODE = 75;

    private static final Logger LOG = LoggerFactory.getLogger(LogReplaced.class);

    private final EventLog log;
    private final Runnable exit;

    /** Ends the process by {@code exit}, on a thread of its own, since the one that noticed ends with it. */
    LogReplaced(EventLog log, Runnable exit) {
        this.log = log;
        this.exit = exit;
    }

    @Override
    public void accept(TopicDescription now) {
        LOG.error(
                "the topic {} is not the one this service started with: its id is {} and was {}, it has {} partitions and"
                        + " had {}. No answer could say what it is about, so this process ends. If that was meant, run"
                        + " migrate, which opens a new log, and start the services again",
                log.topic(),
                now.topicId(),
                log.topicId(),
                now.partitions().size(),
                log.terms().partitions());
        Thread.ofPlatform().name("log-replaced").start(exit);
    }
}
