package io.millrace.log;

import java.util.Map;
import org.apache.kafka.common.config.TopicConfig;

/** The topic of all events: its name and what its promises need of it. */
public final class EventTopic {
    public static final String NAME = "millrace.events";

    public static final int PARTITIONS_DEFAULT = 12;

    /** Who the event belongs to. Who may write it is a matter of Kafka's ACLs. */
    public static final String TENANT_HEADER = "millrace-tenant";

    /** The value's form; absent means Protobuf. */
    public static final String CONTENT_TYPE_HEADER = "content-type";

    /** Makes a record a dead letter whatever its value is: see {@link DeadLetterMark}. */
    public static final String DEAD_LETTER_HEADER = "millrace-dead-letter";

    /** The version of the wire form; absent means {@link #WIRE_VERSION}. A newer one stops its readers. */
    public static final String WIRE_VERSION_HEADER = "millrace-version";

    public static final String WIRE_VERSION = "1";

    public static final String PROTOBUF = "application/x-protobuf";
    public static final String JSON = "application/json";

    /** A CloudEvent, whole ("structured"). One that is spread over headers is known by {@link #CLOUD_EVENT_HEADER}. */
    public static final String CLOUD_EVENT = "application/cloudevents+json";

    /** What the headers begin with that are attributes of a CloudEvent ("binary"). */
    public static final String CLOUD_EVENT_PREFIX = "ce_";

    /** The attribute that each of them has. */
    static final String CLOUD_EVENT_HEADER = CLOUD_EVENT_PREFIX + "specversion";

    /** Seven days: longer than any outage that the readers are meant to survive. */
    private static final long RETENTION_MILLIS = 7 * 24 * 60 * 60 * 1_000L;

    private EventTopic() {}

    /**
     * The settings the topic is created with and checked against. LogAppendTime is the one receive clock; compaction
     * would drop events that share a key, and an unclean leader would take offsets back.
     */
    public static Map<String, String> settings() {
        return Map.of(
                TopicConfig.MESSAGE_TIMESTAMP_TYPE_CONFIG,
                "LogAppendTime",
                TopicConfig.CLEANUP_POLICY_CONFIG,
                TopicConfig.CLEANUP_POLICY_DELETE,
                TopicConfig.RETENTION_MS_CONFIG,
                Long.toString(RETENTION_MILLIS),
                TopicConfig.UNCLEAN_LEADER_ELECTION_ENABLE_CONFIG,
                "false");
    }
}
