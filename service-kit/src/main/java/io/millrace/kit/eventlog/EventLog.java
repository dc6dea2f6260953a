package io.millrace.kit.eventlog;

import io.millrace.log.LogTerms;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.Uuid;

/**
 * The log this service works on, checked against Kafka when it started.
 *
 * @param topic Kafka's name for it
 * @param topicId Kafka's id of this incarnation of the topic
 * @param terms its log id, its partition count, and what was fixed when it was made
 */
public record EventLog(String topic, Uuid topicId, LogTerms terms) {

    /** {@return whether a topic is still this log: made anew or given partitions, it is another one} */
    public boolean is(TopicDescription described) {
        return described.topicId().equals(topicId) && described.partitions().size() == terms.partitions();
    }
}
