package io.millrace.consumer.partition;

import io.millrace.consumer.range.RangeLimits;
import io.millrace.consumer.store.InsertBody;
import io.millrace.consumer.store.Intent;
import java.time.Duration;
import java.util.Map;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * How the topic is read and stored.
 *
 * @param group Kafka's consumer group; {@code millrace-consumer}. All instances share one: a second group on the same
 *     ledger would store everything twice
 * @param pollThreads threads that read and decode, each a member of the group; 1, which is more than a ClickHouse of
 *     two cores takes in. More of them use more cores, up to one per partition
 * @param insertsParallel inserts that run at once; 4, as each is a single thread of the server
 * @param rangeRowsMax rows of one insert; 500,000, half of what ClickHouse takes as one block, at most
 *     {@value RangeLimits#ROWS_MAX}
 * @param rangeBytesMax size at which a range is cut; 64 MB, which is about 310,000 events of a shop
 * @param rangeAge at which a range is cut however small it is; 1 s. Never less than {@value #RANGE_MILLIS_PER_PARTITION}
 *     ms times the topic's partitions, so that ClickHouse gets at most 20 ranges a second however many partitions there are.
 *     In a backlog it is {@linkplain RangeLimits#inBacklog longer}
 * @param heldHeapPercent part of the JVM's heap that may hold what is read and not yet stored, in equal shares for the
 *     partitions this process owns; a partition that holds its share is not read further. 30, as reading, decoding and
 *     sending need the rest; {@value #HELD_HEAP_PERCENT_MAX} at most. A partition may pass its share by the records of
 *     one poll
 * @param insertCompression of the rows on their way to ClickHouse; {@code lz4}, or {@code none} where ClickHouse is on the
 *     same host
 * @param insertDeadline until which ClickHouse takes the first writes of a range, by its own clock; 15 s. The next owner
 *     of a partition whose owner died in a write waits until then; each further attempt gets twice the time, up to 1 min
 * @param retryFirst pause after a first failure; 200 ms. It doubles with each further one
 * @param retryMax longest pause between tries; 15 s, so that a ClickHouse that comes back is soon in use
 * @param sessionTimeout without a sign of life after which Kafka gives this process's partitions to others; 15 s. Lower
 *     ones mistake a pause of the JVM for death. The brokers have limits of their own, 6 s at least by default
 * @param releaseWait how long a rebalance and a shutdown wait for running inserts; 10 s. What is still running then is
 *     abandoned, and its range stored again by the next owner
 * @param lagInterval between two questions for the log's ends, for the lag; 5 s
 * @param acceptedLosses by partition, an offset: if the log starts there, what Kafka deleted is given up, and the
 *     partition goes on instead of being stopped; none
 */
@ConfigurationProperties("millrace.consumer")
record ConsumerSettings(
        @DefaultValue("millrace-consumer") String group,
        @DefaultValue("1") int pollThreads,
        @DefaultValue("4") int insertsParallel,
        @DefaultValue("500000") int rangeRowsMax,
        @DefaultValue("64MB") DataSize rangeBytesMax,
        @DefaultValue("1s") Duration rangeAge,
        @DefaultValue("30") int heldHeapPercent,
        @DefaultValue("lz4") InsertBody insertCompression,
        @DefaultValue("15s") Duration insertDeadline,
        @DefaultValue("200ms") Duration retryFirst,
        @DefaultValue("15s") Duration retryMax,
        @DefaultValue("15s") Duration sessionTimeout,
        @DefaultValue("10s") Duration releaseWait,
        @DefaultValue("5s") Duration lagInterval,
        @DefaultValue Map<Integer, Long> acceptedLosses) {

    static final int RANGE_MILLIS_PER_PARTITION = 50;
    static final int HELD_HEAP_PERCENT_MAX = 60;
    private static final int SESSION_MILLIS_MIN = 1_000;

    public ConsumerSettings {
        require(!group.isBlank(), "group must not be blank");
        require(pollThreads >= 1 && insertsParallel >= 1, "poll-threads and inserts-parallel must be at least 1");
        require(
                rangeRowsMax >= 1 && rangeRowsMax <= RangeLimits.ROWS_MAX,
                "range-rows-max must be 1 to " + RangeLimits.ROWS_MAX);
        require(rangeBytesMax.toBytes() >= 1, "range-bytes-max must be at least 1B");
        require(
                heldHeapPercent >= 1 && heldHeapPercent <= HELD_HEAP_PERCENT_MAX,
                "held-heap-percent must be 1 to " + HELD_HEAP_PERCENT_MAX);
        requirePositive(rangeAge, "range-age");
        require(
                insertDeadline.compareTo(Duration.ofSeconds(1)) >= 0 && insertDeadline.compareTo(Intent.TIME_MAX) <= 0,
                "insert-deadline must be 1s to 1m");
        requirePositive(retryFirst, "retry-first");
        require(retryMax.compareTo(retryFirst) >= 0, "retry-max must not be below retry-first");
        require(sessionTimeout.toMillis() >= SESSION_MILLIS_MIN, "session-timeout must be at least 1s");
        requirePositive(releaseWait, "release-wait");
        requirePositive(lagInterval, "lag-interval");
        acceptedLosses = Map.copyOf(acceptedLosses);
    }

    /** What all partitions together may hold in a heap of this size. */
    long heldBytesMax(long heapBytes) {
        return heapBytes / 100 * heldHeapPercent;
    }

    /**
     * The limits of a range.
     *
     * @param partitions the topic has
     * @param shareBytes that one partition may hold: half of it for a range that is being stored and half for the next
     */
    RangeLimits rangeLimits(int partitions, long shareBytes) {
        Duration spread = Duration.ofMillis((long) partitions * RANGE_MILLIS_PER_PARTITION);
        return new RangeLimits(
                rangeRowsMax,
                Math.max(1, Math.min(rangeBytesMax.toBytes(), shareBytes / 2)),
                rangeAge.compareTo(spread) >= 0 ? rangeAge : spread);
    }

    private static void requirePositive(Duration duration, String name) {
        require(duration.toMillis() >= 1, name + " must be at least 1ms");
    }

    private static void require(boolean holds, String message) {
        if (!holds) {
            throw new IllegalArgumentException("millrace.consumer: " + message);
        }
    }
}
