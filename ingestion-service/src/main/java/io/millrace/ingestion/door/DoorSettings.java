package io.millrace.ingestion.door;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How bodies are read and handed on.
 *
 * @param eventsMax of one request; 10,000, which Kafka acknowledges in well under a second. Beyond: 413
 * @param workers threads that parse and hand over to Kafka; 8, more than there are cores because handing over may wait
 * @param workersQueueMax requests that wait for such a thread; 1,000. Beyond: 503 at once
 * @param clockMargin by how much the door is stricter than the log about timestamps ahead of time, because its clock
 *     may be ahead of the broker's; 1 min
 */
@ConfigurationProperties("millrace.ingestion")
record DoorSettings(
        @DefaultValue("10000") int eventsMax,
        @DefaultValue("8") int workers,
        @DefaultValue("1000") int workersQueueMax,
        @DefaultValue("1m") Duration clockMargin) {

    public DoorSettings {
        if (eventsMax < 1 || workers < 1 || workersQueueMax < 1) {
            throw new IllegalArgumentException("limits under millrace.ingestion must be at least 1");
        }
        if (clockMargin.isNegative()) {
            throw new IllegalArgumentException("millrace.ingestion.clock-margin must not be negative");
        }
    }
}
