package io.millrace.analytics.tail;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * The live tail.
 *
 * @param group Kafka Streams' application id, under which the instances share the partitions; {@code millrace-analytics}
 * @param address {@code host:port} where other instances reach this one; none by default, and then it is alone
 * @param peerTimeout how long another instance may take to answer for its partitions; 1 s, which a pause for garbage on a busy
 *     machine stays below. While one does not answer, a tenth of that
 * @param memoryMax what the counts of all partitions of this process may take, beside which each partition's duplicate
 *     window takes up to 40 bytes an offset; 64 MB, which are about two million events
 * @param sessionTimeout after which a silent instance's partitions go to others; 6 s, the least that brokers allow by
 *     default
 */
@ConfigurationProperties("millrace.tail")
public record TailSettings(
        @DefaultValue("millrace-analytics") String group,
        @DefaultValue("") String address,
        @DefaultValue("1s") Duration peerTimeout,
        @DefaultValue("64MB") DataSize memoryMax,
        @DefaultValue("6s") Duration sessionTimeout) {
    public TailSettings {
        if (!group.matches("[a-zA-Z0-9._-]{1,200}")) {
            throw new IllegalArgumentException(
                    "millrace.tail.group is 1 to 200 of a-z, A-Z, 0-9, full stop, hyphen and underscore");
        }
        if (!address.matches("|[^\\s/:]+:\\d{1,5}|\\[[0-9a-fA-F:.]+]:\\d{1,5}")) {
            throw new IllegalArgumentException("millrace.tail.address is host:port, or empty");
        }
        if (peerTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("millrace.tail.peer-timeout must be at least 1ms");
        }
        if (memoryMax.toBytes() < DataSize.ofMegabytes(1).toBytes()) {
            throw new IllegalArgumentException("millrace.tail.memory-max must be at least 1MB");
        }
        if (sessionTimeout.toMillis() < 1_000) {
            throw new IllegalArgumentException("millrace.tail.session-timeout must be at least 1s");
        }
    }
}
