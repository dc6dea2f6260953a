package io.millrace.prove.stage;

import io.millrace.address.ServerUrl;
import io.millrace.log.Tenant;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.HexFormat;
import java.util.UUID;

/** Tenants with keys and quotas, written where the services look them up: most runs have no door, whose administration makes them. */
final class TenantRows {
    private static final int PREFIX_LENGTH = 5;

    private final ServerUrl postgres;

    TenantRows(ServerUrl postgres) {
        this.postgres = postgres;
    }

    /** Makes the tenant and a key of it with one scope. {@return the key's text} */
    String make(Tenant tenant, String scope) {
        String prefix = "mr_" + scope.charAt(0) + "_";
        String text = prefix + HexFormat.of().formatHex(sha256(UUID.randomUUID() + tenant.name()));
        try (Connection connection = connect()) {
            insertTenant(connection, tenant);
            insertKey(connection, tenant, scope, text);
            return text;
        } catch (SQLException e) {
            throw new IllegalStateException("no key could be made", e);
        }
    }

    /** Gives a tenant a quota of events, with a burst of one second. */
    void limit(Tenant tenant, int eventsPerSecond) {
        try (Connection connection = connect();
                PreparedStatement insert = connection.prepareStatement(
                        "INSERT INTO tenant_quotas (tenant, events_per_second, burst_seconds) VALUES (?, ?, 1)")) {
            insert.setString(1, tenant.name());
            insert.setInt(2, eventsPerSecond);
            insert.executeUpdate();
        } catch (SQLException e) {
            throw new IllegalStateException("no quota could be made", e);
        }
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(
                "jdbc:postgresql://%s:%d/%s".formatted(postgres.host(), postgres.port(), postgres.database()),
                postgres.user(),
                postgres.password());
    }

    private static void insertTenant(Connection connection, Tenant tenant) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("INSERT INTO tenants (tenant, name, created_at) VALUES (?, ?, now())")) {
            insert.setString(1, tenant.name());
            insert.setString(2, tenant.name());
            insert.executeUpdate();
        }
    }

    private static void insertKey(Connection connection, Tenant tenant, String scope, String text) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement(
                "INSERT INTO api_keys (id, tenant, key_hash, key_prefix, scopes) VALUES (?, ?, ?, ?, ARRAY[?])")) {
            insert.setObject(1, UUID.randomUUID());
            insert.setString(2, tenant.name());
            insert.setBytes(3, sha256(text));
            insert.setString(4, text.substring(0, PREFIX_LENGTH));
            insert.setString(5, scope);
            insert.executeUpdate();
        }
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
