package io.millrace.consumer.partition;

import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.OffsetOutOfRangeException;
import org.apache.kafka.common.errors.WakeupException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.kafka.listener.CommonErrorHandler;
import org.springframework.kafka.listener.MessageListenerContainer;

/**
 * What becomes of exceptions on a poll thread. Spring's own handler would try a failing batch ten times and then pass
 * over it, which is loss. Here a place that the log does not have stops its partition, and everything else is a bug,
 * which ends the process: the ledger makes sure that nothing is lost.
 */
final class PollErrors implements CommonErrorHandler {
    private static final Logger LOG = LoggerFactory.getLogger(PollErrors.class);

    private final PollLoop loop;
    private final Consumer<Throwable> onBug;

    PollErrors(PollLoop loop, Consumer<Throwable> onBug) {
        this.loop = loop;
        this.onBug = onBug;
    }

    @Override
    public void handleOtherException(
            Exception thrown,
            org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
            MessageListenerContainer container,
            boolean batchListener) {
        if (thrown instanceof OffsetOutOfRangeException outOfRange) {
            loop.outOfRange(outOfRange, consumer);
        } else if (thrown instanceof WakeupException) {
            LOG.debug("woken outside a poll; the container sees by itself that it is to stop");
        } else {
            bug(thrown);
        }
    }

    @Override
    public void handleBatch(
            Exception thrown,
            ConsumerRecords<?, ?> records,
            org.apache.kafka.clients.consumer.Consumer<?, ?> consumer,
            MessageListenerContainer container,
            Runnable invokeListener) {
        bug(thrown);
    }

    private void bug(Exception thrown) {
        loop.fail();
        onBug.accept(thrown);
    }
}
