package io.millrace.ingestion.rules;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.kit.connection.PostgresCopy;
import io.millrace.kit.problem.ProblemException;
import io.r2dbc.postgresql.PostgresqlConnectionConfiguration;
import io.r2dbc.postgresql.PostgresqlConnectionFactory;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.r2dbc.core.DatabaseClient;

/** Without PostgreSQL from the beginning on. */
class KnownRulesTest {
    private static final RulesSettings SETTINGS = new RulesSettings(Duration.ofHours(1), Duration.ofSeconds(5), 1_000);

    private static int closedPort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    @Test
    void nobodyIsLetInBeforeRulesAreKnown() throws Exception {
        PostgresqlConnectionFactory nowhere =
                new PostgresqlConnectionFactory(PostgresqlConnectionConfiguration.builder()
                        .host("127.0.0.1")
                        .port(closedPort())
                        .username("nobody")
                        .build());
        DatabaseClient client = DatabaseClient.create(nowhere);
        PostgresCopy<RuleSet> copy = new RulesConfiguration()
                .rulesCopy(new EventRules(client, client), SomeRules.COMPILER, SETTINGS, Clock.systemUTC());
        KnownRules known = new KnownRules(copy);
        copy.start();
        try {
            ProblemException refused = catchThrowableOfType(ProblemException.class, known::inForce);
            assertThat(refused.problem().code()).isEqualTo("rules_unavailable");
            assertThat(refused.problem().retryAfter()).isNotNull();
            Health health = Objects.requireNonNull(new RulesHealth(known, () -> false, SETTINGS, Clock.systemUTC())
                    .health()
                    .block());
            assertThat(health.getStatus()).isEqualTo(Status.DOWN);
        } finally {
            copy.stop();
        }
    }
}
