package io.millrace.localstack;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** A part of Millrace on one machine, in the order in which parts are started. */
public enum Part {
    /** Object storage; before ClickHouse, which does not come up when its S3 disk is away. */
    S3("s3", "S3"),
    /** The event log. */
    KAFKA("kafka", "Kafka"),
    /** The event store. */
    CLICKHOUSE("clickhouse", "ClickHouse"),
    /** The control database. */
    POSTGRES("postgres", "PostgreSQL"),
    /** The door; it also serves the administration port. */
    INGESTION("ingestion-service", "ingestion-service"),
    /** Kafka to ClickHouse. */
    CONSUMER("consumer-service", "consumer-service"),
    /** Questions and answers. */
    ANALYTICS("analytics-service", "analytics-service"),
    /** Policies, expiry, archive. */
    RETENTION("retention-service", "retention-service");

    private static final String SERIAL = "-XX:+UseSerialGC";

    private final String id;
    private final String title;

    Part(String id, String title) {
        this.id = id;
        this.title = title;
    }

    /** The name in commands and file names; for a service its module's. */
    public String id() {
        return id;
    }

    /** The name in sentences. */
    public String title() {
        return title;
    }

    /**
     * The options for a service's heap. Who applies the duplicate rule holds the windows of all partitions. The door holds
     * little and makes much that is soon gone: with half of its heap for that it collects half as often.
     */
    public List<String> heapOptions() {
        return switch (this) {
            case CONSUMER -> List.of(SERIAL, "-Xmx1024m");
            case ANALYTICS -> List.of(SERIAL, "-Xmx896m");
            case INGESTION -> List.of(SERIAL, "-Xmx320m", "-XX:NewRatio=1");
            default -> List.of(SERIAL, "-Xmx256m");
        };
    }

    /** Whether this is one of our services rather than a server. */
    public boolean isService() {
        return compareTo(INGESTION) >= 0;
    }

    /** The part of this id. */
    public static Optional<Part> of(String id) {
        return Arrays.stream(values()).filter(part -> part.id.equals(id)).findFirst();
    }

    /** The servers, in starting order. */
    public static List<Part> servers() {
        return Arrays.stream(values()).filter(part -> !part.isService()).toList();
    }

    /** The services, in starting order. */
    public static List<Part> services() {
        return Arrays.stream(values()).filter(Part::isService).toList();
    }
}
