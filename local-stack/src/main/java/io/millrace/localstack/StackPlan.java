package io.millrace.localstack;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * What a stack consists of.
 *
 * @param folder where data, logs and passwords lie
 * @param ports where its servers listen
 * @param servers which servers it has
 * @param external addresses of servers that run already and are used instead of starting one
 * @param s3Disk whether ClickHouse gets a disk {@code cold} in the S3 bucket and a storage policy {@code tiered} that
 *     ends on it; then ClickHouse does not start without S3
 * @param brokerEnvironment added to the broker's own environment
 */
public record StackPlan(
        StackFolder folder,
        Ports ports,
        Set<Part> servers,
        Map<Part, String> external,
        boolean s3Disk,
        Map<String, String> brokerEnvironment) {
    /** The environment variable that asks for the S3 disk. */
    private static final String S3_DISK = "MILLRACE_S3_DISK";

    public StackPlan {
        if (servers.stream().anyMatch(Part::isService)) {
            throw new IllegalArgumentException("a stack starts servers only: " + servers);
        }
        if (s3Disk && !servers.containsAll(EnumSet.of(Part.CLICKHOUSE, Part.S3))) {
            throw new IllegalArgumentException("ClickHouse's S3 disk needs both servers");
        }
        servers = Set.copyOf(servers);
        external = Map.copyOf(external);
        brokerEnvironment = Map.copyOf(brokerEnvironment);
    }

    /** Some servers, all run by ourselves. */
    public static StackPlan of(Path folder, Ports ports, Set<Part> servers) {
        return new StackPlan(new StackFolder(folder), ports, servers, Map.of(), false, Map.of());
    }

    /** The same with ClickHouse's S3 disk. */
    public StackPlan withS3Disk() {
        return new StackPlan(folder, ports, servers, external, true, brokerEnvironment);
    }

    /** The same with a broker that finds more in its environment. */
    public StackPlan withBrokerEnvironment(Map<String, String> environment) {
        return new StackPlan(folder, ports, servers, external, s3Disk, environment);
    }

    /** All four servers; those that the environment names are not started. */
    public static StackPlan of(StackFolder folder, Map<String, String> environment) {
        Map<Part, String> external = new EnumMap<>(Part.class);
        for (Part part : Part.servers()) {
            String url = environment.getOrDefault(ServerFactory.externalVariable(part), "");
            if (!url.isBlank()) {
                external.put(part, url.strip());
            }
        }
        return new StackPlan(
                folder,
                Ports.of(environment),
                EnumSet.copyOf(Part.servers()),
                external,
                environment.getOrDefault(S3_DISK, "false").equals("true"),
                Map.of());
    }
}
