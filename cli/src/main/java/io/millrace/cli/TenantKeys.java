package io.millrace.cli;

import io.millrace.cli.door.Door;
import io.millrace.cli.door.DoorAddress;
import io.millrace.cli.door.DoorException;
import io.millrace.cli.door.Patience;
import io.millrace.cli.env.Environment;
import io.millrace.cli.env.EnvironmentFile;
import io.millrace.cli.env.MissingSettingException;
import io.millrace.log.Tenant;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The keys this user has made for tenants: one file for each under the home's {@code tenants}, readable by its owner
 * alone, in the form of the home's {@code env} so that a shell can source it. Keys that the door no longer admits, as
 * after {@code up --fresh}, are replaced.
 */
final class TenantKeys {
    private static final String INGEST_URL = "MILLRACE_INGEST_URL";
    private static final String INGEST_KEY = "MILLRACE_INGEST_KEY";
    private static final String QUERY_URL = "MILLRACE_QUERY_URL";
    private static final String QUERY_KEY = "MILLRACE_QUERY_KEY";
    private static final String LABEL = "load";

    private final Environment environment;
    private final Patience patience;
    private final InstantSource clock;

    TenantKeys(Environment environment, Patience patience, InstantSource clock) {
        this.environment = environment;
        this.patience = patience;
        this.clock = clock;
    }

    Path file(Tenant tenant) {
        return environment.home().resolve("tenants").resolve(tenant + ".env");
    }

    /** The tenant's door, the tenant and its keys being made when they are not there yet. */
    DoorAddress door(Tenant tenant, String ingestUrl)
            throws IOException, DoorException, MissingSettingException, AdminException, InterruptedException {
        Path file = file(tenant);
        String remembered = Files.exists(file) ? EnvironmentFile.read(file).getOrDefault(INGEST_KEY, "") : "";
        if (!remembered.isEmpty()) {
            DoorAddress address = DoorAddress.of(ingestUrl, remembered);
            try (Door door = new Door(address, patience, clock)) {
                if (door.admits()) {
                    return address;
                }
            }
        }
        AdminApi admin =
                new AdminApi(environment.require("MILLRACE_ADMIN_URL"), environment.require("MILLRACE_ADMIN_TOKEN"));
        admin.ensureTenant(tenant);
        Map<String, String> values = new LinkedHashMap<>();
        values.put(INGEST_URL, ingestUrl);
        values.put(INGEST_KEY, admin.createKey(tenant, "ingest", LABEL));
        environment.find(QUERY_URL).ifPresent(url -> values.put(QUERY_URL, url));
        values.put(QUERY_KEY, admin.createKey(tenant, "query", LABEL));
        EnvironmentFile.write(file, values);
        return DoorAddress.of(ingestUrl, values.getOrDefault(INGEST_KEY, ""));
    }
}
