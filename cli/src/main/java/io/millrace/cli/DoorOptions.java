package io.millrace.cli;

import io.millrace.cli.door.Delivery;
import io.millrace.cli.door.Door;
import io.millrace.cli.door.DoorAddress;
import io.millrace.cli.door.DoorException;
import io.millrace.cli.door.Patience;
import io.millrace.cli.env.Environment;
import io.millrace.cli.env.MissingSettingException;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The options of every command that sends events: which door, as whom, how patiently. */
final class DoorOptions {
    private static final int PATIENCE_SECONDS_MAX = 86_400;

    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(names = "--url", description = "Address of the ingestion service; MILLRACE_INGEST_URL if not given.")
    private @Nullable String url;

    @Option(names = "--key", description = "Key to it; MILLRACE_INGEST_KEY if not given.")
    private @Nullable String key;

    @Option(
            names = "--tenant",
            description = "Send as this tenant. It and its keys are made if need be and kept in .millrace/tenants.")
    private @Nullable String tenant;

    @Option(
            names = "--in-flight",
            defaultValue = "" + Delivery.IN_FLIGHT_DEFAULT,
            description = "Requests under way at once, 1 to " + Delivery.IN_FLIGHT_MAX + " (${DEFAULT-VALUE}).")
    private int inFlight;

    @Option(
            names = "--patience",
            defaultValue = "60",
            description = "Seconds that one batch is tried for when the door cannot take it (${DEFAULT-VALUE}).")
    private int patienceSeconds;

    int inFlight() {
        return Arguments.within(spec, "--in-flight", inFlight, 1, Delivery.IN_FLIGHT_MAX);
    }

    Optional<Tenant> tenant() {
        String name = tenant;
        if (name == null) {
            return Optional.empty();
        }
        if (key != null) {
            throw new ParameterException(spec.commandLine(), "--tenant makes its own key: give it or --key, not both");
        }
        return Optional.of(Arguments.valid(spec, () -> new Tenant(name)));
    }

    Door open(Environment environment, InstantSource clock)
            throws IOException, DoorException, MissingSettingException, AdminException, InterruptedException {
        String ingestUrl = url == null ? environment.require("MILLRACE_INGEST_URL") : url;
        Optional<Tenant> named = tenant();
        DoorAddress address;
        if (named.isPresent()) {
            address = new TenantKeys(environment, patience(), clock).door(named.get(), ingestUrl);
        } else {
            String ingestKey = key == null ? environment.require("MILLRACE_INGEST_KEY") : key;
            address = Arguments.valid(spec, () -> DoorAddress.of(ingestUrl, ingestKey));
        }
        return new Door(address, patience(), clock);
    }

    /** How to ask about what was sent as a tenant. */
    Optional<String> hint(Environment environment, InstantSource clock) {
        return tenant().map(named -> {
            Path file = new TenantKeys(environment, patience(), clock).file(named);
            return """
                    Ask about tenant %s:
                      . %s
                      curl -H "Authorization: Bearer $MILLRACE_QUERY_KEY" \\
                        "$MILLRACE_QUERY_URL/v1/counts?from=1970-01-01T00:00:00Z&to=%s\"""".formatted(named, file, tomorrow(clock));
        });
    }

    /** The end of a range that has everything up to now and reads well. */
    private static Instant tomorrow(InstantSource clock) {
        return clock.instant().truncatedTo(ChronoUnit.DAYS).plus(1, ChronoUnit.DAYS);
    }

    private Patience patience() {
        int seconds = Arguments.within(spec, "--patience", patienceSeconds, 0, PATIENCE_SECONDS_MAX);
        return Patience.DEFAULT.within(Duration.ofSeconds(seconds));
    }
}
