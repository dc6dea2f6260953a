package io.millrace.kit.connection;

import io.millrace.address.ServerUrl;
import io.r2dbc.postgresql.client.SSLMode;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The control database.
 *
 * @param url {@code postgresql://user:password@host:port/db}; no default
 * @param sslMode libpq's modes; {@code prefer}, as libpq has it: encrypted where the server can
 * @param connectionsMax connections one service instance keeps at most; 10, because every run-time use is a short
 *     statement behind a cache and PostgreSQL allows 100 in all by default
 * @param pendingMax callers that may wait for a connection; one more is refused at once. 256, so that a slow database
 *     costs a bounded amount of memory
 * @param connectTimeout for one connection attempt; 2 s, far above a handshake in one network
 * @param acquireTimeout for a pooled connection, connecting included; 3 s, so that a caller hears of trouble in time
 * @param statementTimeout after which the server ends a statement; 5 s, a hundred times what the slowest takes
 */
@ConfigurationProperties("millrace.postgres")
record PostgresSettings(
        String url,
        @DefaultValue("prefer") SSLMode sslMode,
        @DefaultValue("10") int connectionsMax,
        @DefaultValue("256") int pendingMax,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("3s") Duration acquireTimeout,
        @DefaultValue("5s") Duration statementTimeout) {

    private static final String PROPERTY = "millrace.postgres.url";
    private static final String FORM = "postgresql://user:password@host:port/db";

    public PostgresSettings {
        Limits.url(PROPERTY, FORM, Set.of("postgresql"), url);
        Limits.positive("millrace.postgres.connections-max", connectionsMax);
        Limits.positive("millrace.postgres.pending-max", pendingMax);
        Limits.positive("millrace.postgres.connect-timeout", connectTimeout);
        Limits.positive("millrace.postgres.acquire-timeout", acquireTimeout);
        Limits.positive("millrace.postgres.statement-timeout", statementTimeout);
    }

    ServerUrl server() {
        return Limits.url(PROPERTY, FORM, Set.of("postgresql"), url);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "PostgresSettings[url=" + server() + ", connectionsMax=" + connectionsMax + "]";
    }
}
