package io.millrace.kit.connection;

import io.millrace.address.ServerUrl;
import io.r2dbc.pool.ConnectionPool;
import io.r2dbc.pool.ConnectionPoolConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.time.Duration;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Primary;
import org.springframework.r2dbc.core.DatabaseClient;

/** A bounded pool of R2DBC connections to PostgreSQL, and the client that services ask with. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(PostgresSettings.class)
public class PostgresConnection {
    private static final Duration IDLE_MAX = Duration.ofMinutes(10);

    @Bean
    PostgresqlConnectionFactory postgresConnections(
            PostgresSettings settings, @Value("${spring.application.name}") String service) {
        ServerUrl server = settings.server();
        return new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                .host(server.host())
                .port(server.port())
                .username(server.user())
                .password(server.password())
                .database(server.database())
                .sslMode(settings.sslMode())
                .applicationName(service)
                .connectTimeout(settings.connectTimeout())
                .statementTimeout(settings.statementTimeout())
                .tcpKeepAlive(true)
                .build());
    }

    /** Connects when first used, so a service comes up, and says so, while PostgreSQL is away. */
    @Bean(destroyMethod = "dispose")
    @Primary
    ConnectionPool postgresPool(PostgresqlConnectionFactory postgresConnections, PostgresSettings settings) {
        return new ConnectionPool(ConnectionPoolConfiguration.builder(postgresConnections)
                .name("postgres")
                .initialSize(0)
                .maxSize(settings.connectionsMax())
                .maxIdleTime(IDLE_MAX)
                .maxAcquireTime(settings.acquireTimeout())
                .maxCreateConnectionTime(settings.connectTimeout())
                .customizer(pool -> pool.maxPendingAcquire(settings.pendingMax()))
                .build());
    }

    @Bean
    DatabaseClient postgres(ConnectionPool postgresPool) {
        return DatabaseClient.create(postgresPool);
    }
}
