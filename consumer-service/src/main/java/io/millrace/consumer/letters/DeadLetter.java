package io.millrace.consumer.letters;

import io.millrace.log.LogPosition;
import java.time.Instant;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * A dead letter, whole.
 *
 * @param tenant as its header says, or empty
 * @param reason stable code
 * @param detail for people
 * @param record as it was in the log; an absent key is an empty one
 */
record DeadLetter(
        LogPosition position, String tenant, String reason, String detail, ConsumerRecord<byte[], byte[]> record) {

    /** {@return its LogAppendTime} */
    Instant receivedAt() {
        return Instant.ofEpochMilli(record.timestamp());
    }
}
