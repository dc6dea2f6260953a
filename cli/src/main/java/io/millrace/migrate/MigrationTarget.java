package io.millrace.migrate;

import io.millrace.address.ServerUrl;
import io.millrace.log.EventTopic;
import io.millrace.log.LogTerms;
import java.time.Duration;

/**
 * What is to be migrated, and how a log is made when there is none yet.
 *
 * @param kafka bootstrap servers
 * @param clickHouse where the tables are; its database is created when missing
 * @param postgres the control database
 * @param topic how to make the topic
 * @param cluster name of the ClickHouse cluster, or empty for one machine
 */
public record MigrationTarget(String kafka, ServerUrl clickHouse, ServerUrl postgres, Topic topic, String cluster) {

    /** One machine, with every default. */
    public static MigrationTarget of(String kafka, String clickHouseUrl, String postgresUrl) {
        return new MigrationTarget(
                kafka, ServerUrl.parse(clickHouseUrl), ServerUrl.parse(postgresUrl), Topic.DEFAULT, "");
    }

    /**
     * How the topic is made. An existing one keeps what it was made with.
     *
     * @param name of the topic
     * @param partitions of it
     * @param replicationFactor of it; -1 leaves it to the brokers
     * @param duplicateWindowOffsets see {@link LogTerms}
     * @param duplicateWindowTime see {@link LogTerms}
     * @param timestampSkewMax see {@link LogTerms}
     */
    public record Topic(
            String name,
            int partitions,
            short replicationFactor,
            long duplicateWindowOffsets,
            Duration duplicateWindowTime,
            Duration timestampSkewMax) {
        public static final Topic DEFAULT = new Topic(
                EventTopic.NAME,
                EventTopic.PARTITIONS_DEFAULT,
                (short) -1,
                LogTerms.DUPLICATE_WINDOW_OFFSETS_DEFAULT,
                LogTerms.DUPLICATE_WINDOW_TIME_DEFAULT,
                LogTerms.TIMESTAMP_SKEW_MAX_DEFAULT);

        /** The default topic with another number of partitions. */
        public Topic withPartitions(int count) {
            return new Topic(
                    name, count, replicationFactor, duplicateWindowOffsets, duplicateWindowTime, timestampSkewMax);
        }
    }
}
