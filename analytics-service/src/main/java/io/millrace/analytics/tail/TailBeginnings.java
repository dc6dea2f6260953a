package io.millrace.analytics.tail;

import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.eventlog.LedgerPast;
import io.millrace.log.LogTerms;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.IntFunction;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;

/** Finds out where a partition is to be read back from. Blocks; changes nothing. */
final class TailBeginnings {
    private static final Duration TIMEOUT = Duration.ofSeconds(5);

    private final Admin kafka;
    private final ClickHouse clickHouse;
    private final EventLog log;
    private final IntFunction<OptionalLong> storedTo;
    private final long offsetsMax;

    /**
     * Where partitions begin.
     *
     * @param storedTo S by partition, when it is known
     * @param offsetsMax how far before the log's end counting begins at most; what lies before would not be kept
     */
    TailBeginnings(
            Admin kafka, ClickHouse clickHouse, EventLog log, IntFunction<OptionalLong> storedTo, long offsetsMax) {
        this.kafka = kafka;
        this.clickHouse = clickHouse;
        this.log = log;
        this.storedTo = storedTo;
        this.offsetsMax = offsetsMax;
    }

    /**
     * Where to begin.
     *
     * @param recallFrom the first offset to read
     * @param countFrom the first to count
     * @param unknownReceivedTo LogAppendTime up to which there were events before {@code recallFrom} that are lost to us
     */
    record Beginning(long recallFrom, long countFrom, Optional<Instant> unknownReceivedTo) {}

    /**
     * {@return where to begin; empty while it is not known how far the partition is stored}
     *
     * @throws ExecutionException when Kafka refused
     * @throws TimeoutException when Kafka did not answer
     * @throws com.clickhouse.client.api.ClickHouseException when ClickHouse did not
     */
    Optional<Beginning> find(int partition) throws ExecutionException, TimeoutException, InterruptedException {
        OptionalLong stored = storedTo.apply(partition);
        if (stored.isEmpty()) {
            return Optional.empty();
        }
        long start = offset(partition, OffsetSpec.earliest());
        long end = offset(partition, OffsetSpec.latest());
        LedgerPast past = LedgerPast.read(clickHouse.client(), log.terms().logId(), partition, start, TIMEOUT);
        return Optional.of(beginning(new Known(start, end, stored.getAsLong(), past), log.terms(), offsetsMax));
    }

    /** What is known of a partition: the log's ends, S, and what the ledger has of what the log lost. */
    record Known(long logStart, long logEnd, long storedTo, LedgerPast past) {}

    static Beginning beginning(Known known, LogTerms terms, long offsetsMax) {
        // Nothing before the ledger's opening was ever an event of ours.
        long first = Math.max(known.logStart(), known.past().openedAt());
        long countFrom =
                Math.max(first, Math.max(Math.min(known.storedTo(), known.logEnd()), known.logEnd() - offsetsMax));
        long recallFrom = Math.max(first, countFrom - terms.duplicateWindowOffsets());
        return new Beginning(
                recallFrom,
                countFrom,
                recallFrom == known.logStart() ? known.past().receivedTo() : Optional.empty());
    }

    private long offset(int partition, OffsetSpec spec)
            throws ExecutionException, TimeoutException, InterruptedException {
        TopicPartition asked = new TopicPartition(log.topic(), partition);
        return Objects.requireNonNull(
                        kafka.listOffsets(Map.of(asked, spec), new ListOffsetsOptions(IsolationLevel.READ_COMMITTED))
                                .partitionResult(asked)
                                .get(TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                .offset();
    }
}
