package io.millrace.audit;

import io.millrace.log.LogTerms;

/**
 * One incarnation of the topic.
 *
 * @param topicId Kafka's
 */
record RegisteredLog(LogTerms terms, String topic, String topicId) {
    boolean has(LogPartition place) {
        return place.logId() == terms.logId() && place.partition() >= 0 && place.partition() < terms.partitions();
    }
}
