package io.millrace.kit.connection;

import io.millrace.address.ServerUrl;
import java.time.Duration;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The event store.
 *
 * @param url {@code http://user:password@host:port/?database=millrace}, or {@code https://}; no default
 * @param connectionsMax HTTP connections one service instance keeps at most, which is also how many calls run at once;
 *     16, because a server of few cores answers no faster for more
 * @param pendingMax calls that may wait for their turn; one more is refused at once. 1,000 waiting calls of a few
 *     milliseconds each are still answered within seconds
 * @param connectTimeout for one connection attempt; 2 s, far above a handshake in one network
 * @param acquireTimeout for a pooled connection; 5 s, as a call that waits longer is better refused
 * @param socketTimeout between two bytes from the server; 60 s, above the longest insert block by a factor of ten. The
 *     client's own default is none, and a dead peer would hold its caller for ever
 */
@ConfigurationProperties("millrace.clickhouse")
record ClickHouseSettings(
        String url,
        @DefaultValue("16") int connectionsMax,
        @DefaultValue("1000") int pendingMax,
        @DefaultValue("2s") Duration connectTimeout,
        @DefaultValue("5s") Duration acquireTimeout,
        @DefaultValue("60s") Duration socketTimeout) {

    private static final String PROPERTY = "millrace.clickhouse.url";
    private static final String FORM = "http://user:password@host:port/?database=millrace";
    private static final Set<String> SCHEMES = Set.of("http", "https");

    public ClickHouseSettings {
        Limits.url(PROPERTY, FORM, SCHEMES, url);
        Limits.positive("millrace.clickhouse.connections-max", connectionsMax);
        Limits.positive("millrace.clickhouse.pending-max", pendingMax);
        Limits.positive("millrace.clickhouse.connect-timeout", connectTimeout);
        Limits.positive("millrace.clickhouse.acquire-timeout", acquireTimeout);
        Limits.positive("millrace.clickhouse.socket-timeout", socketTimeout);
    }

    /** {@return the database that unqualified table names mean} */
    String database() {
        return server().database();
    }

    ServerUrl server() {
        return Limits.url(PROPERTY, FORM, SCHEMES, url);
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ClickHouseSettings[url=" + server() + ", connectionsMax=" + connectionsMax + "]";
    }
}
