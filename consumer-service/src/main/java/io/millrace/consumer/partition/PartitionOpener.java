package io.millrace.consumer.partition;

import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.range.RangeCutter;
import io.millrace.consumer.store.LedgerTable;
import io.millrace.consumer.store.OutsideTrouble;
import io.millrace.kit.eventlog.EventLog;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;

/** Finds out where a partition is to be read from: where its ledger ends, if the log still has what follows. */
final class PartitionOpener {
    private static final Duration TIMEOUT = Duration.ofSeconds(10);

    private final EventLog log;
    private final LedgerTable ledger;
    private final Admin kafka;

    PartitionOpener(EventLog log, LedgerTable ledger, Admin kafka) {
        this.log = log;
        this.ledger = ledger;
        this.kafka = kafka;
    }

    /**
     * Looks; changes nothing.
     *
     * @throws OutsideTrouble when a server could not be asked
     */
    Opening open(LogPartition partition) {
        Optional<RangeCutter.Start> end = ledger.end(partition);
        if (end.isEmpty()) {
            return new Opening.Refused(
                    new Stop(
                            Stop.Reason.LEDGER_MISSING,
                            "the ledger has no row of it, so nobody knows where it starts: run migrate, then restart this service"));
        }
        Uuid topicId = topicId();
        if (!topicId.equals(log.topicId())) {
            return new Opening.Refused(new Stop(
                    Stop.Reason.TOPIC_REPLACED,
                    "the topic was made anew, its id is %s and was %s: run migrate, then restart this service"
                            .formatted(topicId, log.topicId())));
        }
        TopicPartition topicPartition = new TopicPartition(log.topic(), partition.partition());
        return judge(
                end.get(), offset(topicPartition, OffsetSpec.earliest()), offset(topicPartition, OffsetSpec.latest()));
    }

    /**
     * Judges what was found.
     *
     * @param logStart first offset the log still has
     * @param logEnd the one behind its last
     */
    static Opening judge(RangeCutter.Start ledgerEnd, long logStart, long logEnd) {
        long next = ledgerEnd.nextOffset();
        if (next < logStart) {
            return new Opening.Refused(new Stop(
                    Stop.Reason.RECORDS_GONE,
                    "it is stored up to offset %d, and the log now starts at %d: Kafka deleted %d offsets unread"
                            .formatted(next, logStart, logStart - next)));
        }
        if (next > logEnd) {
            return new Opening.Refused(new Stop(
                    Stop.Reason.LOG_TRUNCATED,
                    "it is stored up to offset %d, and the log ends at %d: the log lost its end, and what comes next would get offsets that are stored already"
                            .formatted(next, logEnd)));
        }
        return new Opening.Opened(ledgerEnd);
    }

    private Uuid topicId() {
        return Objects.requireNonNull(
                        await(kafka.describeTopics(List.of(log.topic())).allTopicNames())
                                .get(log.topic()))
                .topicId();
    }

    private long offset(TopicPartition partition, OffsetSpec spec) {
        ListOffsetsResultInfo info =
                await(kafka.listOffsets(Map.of(partition, spec)).partitionResult(partition));
        return info.offset();
    }

    private static <T> T await(KafkaFuture<T> answer) {
        try {
            return answer.get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException e) {
            Throwable cause = e instanceof ExecutionException && e.getCause() != null ? e.getCause() : e;
            throw new OutsideTrouble(
                    "kafka_" + cause.getClass().getSimpleName(), "Kafka: " + cause.getMessage(), cause);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new OutsideTrouble("interrupted", "interrupted while asking Kafka", e);
        }
    }
}
