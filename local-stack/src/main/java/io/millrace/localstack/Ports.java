package io.millrace.localstack;

import io.millrace.localstack.process.LocalPort;
import io.millrace.localstack.process.StackException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Every port of one stack, as distances from one base. All are on 127.0.0.1.
 *
 * @param base the base, itself unused; {@value #DEFAULT_BASE} unless {@value #VARIABLE} says otherwise
 */
public record Ports(int base) {
    /** Away from the ports these servers usually have. */
    public static final int DEFAULT_BASE = 17_700;
    /** The environment variable that moves all ports. */
    public static final String VARIABLE = "MILLRACE_PORT_BASE";
    /** All ports lie within this many of the base. */
    static final int SPAN = 16;

    private static final int BASE_MIN = 1_024;
    private static final int BASE_MAX = 65_536 - SPAN;
    /** Below the range from which systems hand out ports to outgoing connections, which could take one meanwhile. */
    private static final int FREE_FROM = 20_000;

    private static final int FREE_TO = 32_000;
    private static final int ATTEMPTS = 200;

    public Ports {
        if (base < BASE_MIN || base > BASE_MAX) {
            throw new StackException(VARIABLE + " must lie between " + BASE_MIN + " and " + BASE_MAX + ", not " + base);
        }
    }

    /** The ports the environment asks for. */
    public static Ports of(Map<String, String> environment) {
        String base = environment.getOrDefault(VARIABLE, Integer.toString(DEFAULT_BASE));
        try {
            return new Ports(Integer.parseInt(base.strip()));
        } catch (NumberFormatException e) {
            throw new StackException(VARIABLE + " must be a number, not \"" + base + "\"", e);
        }
    }

    /** A base all of whose ports are free at this moment, drawn at random so that test runs side by side differ. */
    public static Ports free() {
        RandomGenerator random = RandomGenerator.getDefault();
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            Ports ports = new Ports(random.nextInt(FREE_FROM, FREE_TO));
            if (Arrays.stream(Part.values()).allMatch(part -> ports.taken(part).isEmpty())) {
                return ports;
            }
        }
        throw new StackException("no free ports found between " + FREE_FROM + " and " + FREE_TO);
    }

    /** A part's main port. */
    public int of(Part part) {
        return all(part).getFirst();
    }

    /** All ports of a part, the main one first. */
    public List<Integer> all(Part part) {
        return offsets(part).stream().map(offset -> base + offset).toList();
    }

    private static List<Integer> offsets(Part part) {
        return switch (part) {
            case INGESTION -> List.of(1, 5); // the door and the administration API
            case ANALYTICS -> List.of(2);
            case RETENTION -> List.of(3);
            case CONSUMER -> List.of(4);
            case KAFKA -> List.of(10, 11); // clients and the controller
            case CLICKHOUSE -> List.of(12, 13); // HTTP and native
            case POSTGRES -> List.of(14);
            case S3 -> List.of(15);
        };
    }

    /** The port of the administration API, which the ingestion-service serves. */
    public int admin() {
        return all(Part.INGESTION).get(1);
    }

    /** The first of a part's ports that something else has taken. */
    public Optional<Integer> taken(Part part) {
        return all(part).stream().filter(LocalPort::isTaken).findFirst();
    }

    /**
     * Checks that a part can have its ports.
     *
     * @throws StackException naming the port, the part and how to move
     */
    public void require(Part part) {
        taken(part).ifPresent(port -> {
            throw new StackException("port " + port + ", which " + part.title()
                    + " needs, is taken by another process. End that process, or move all ports of Millrace: "
                    + VARIABLE + "=" + (base + 1000 > BASE_MAX ? DEFAULT_BASE : base + 1000));
        });
    }
}
