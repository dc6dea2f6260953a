package io.millrace.audit;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * One partition, as the ledger accounts for it.
 *
 * @param kafka where the log begins and ends, null of an older log, which Kafka has no longer
 * @param start of the ledger
 * @param end of the ledger: everything below is stored
 * @param account of all that lies between
 */
public record PartitionAccount(LogPartition place, @Nullable KafkaRange kafka, long start, long end, Account account) {

    /**
     * What Kafka has.
     *
     * @param start first offset
     * @param end next offset, as far as transactions are decided
     */
    public record KafkaRange(long start, long end) {}

    public Optional<KafkaRange> inKafka() {
        return Optional.ofNullable(kafka);
    }

    /** {@return offsets that are in the log and not stored yet} */
    public long lag() {
        return kafka == null ? 0 : Math.max(0, kafka.end() - end);
    }
}
