package io.millrace.consumer.letters;

import io.millrace.kit.access.AdminAccess;
import io.millrace.kit.connection.ClickHouse;
import io.millrace.kit.connection.KafkaSettings;
import io.millrace.kit.eventlog.EventLog;
import io.millrace.kit.metrics.Meters;
import io.millrace.kit.openapi.OpenApiRoute;
import io.millrace.kit.problem.OtherMethods;
import io.r2dbc.pool.ConnectionPool;
import java.time.Clock;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.kafka.clients.admin.Admin;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.http.HttpMethod;
import org.springframework.r2dbc.core.DatabaseClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import reactor.core.publisher.Mono;

/** The workbench. Needs the connections, the event log's check and the admin token. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(LettersSettings.class)
public class LettersConfiguration {

    @Bean
    LetterTable letterTable(ClickHouse clickHouse, LettersSettings settings, EventLog log) {
        return new LetterTable(clickHouse.client(), settings, log.topic());
    }

    @Bean
    ReplayStates replayStates(DatabaseClient postgres) {
        return new ReplayStates(postgres);
    }

    @Bean
    Replays replays(
            LetterTable table,
            ReplayStates states,
            ConnectionPool postgresPool,
            KafkaSettings kafka,
            Admin admin,
            EventLog log,
            LettersSettings settings,
            Meters meters,
            Clock clock) {
        // A pooled connection would keep the lock when it went back to the pool.
        return new Replays(
                new Replays.Parts(table, states, postgresPool.unwrap(), kafka, admin, log, meters), settings, clock);
    }

    @Bean(destroyMethod = "shutdownNow")
    ExecutorService replayThreads() {
        return Executors.newThreadPerTaskExecutor(
                Thread.ofVirtual().name("replay-", 0).factory());
    }

    @Bean
    LettersRoutes lettersRoutes(
            ClickHouse clickHouse,
            LetterTable table,
            DatabaseClient postgres,
            ReplayStates states,
            Replays replays,
            @Qualifier("replayThreads") ExecutorService replayThreads,
            LettersSettings settings) {
        return new LettersRoutes(
                new LettersRoutes.Parts(clickHouse, table, postgres, states, replays, replayThreads), settings);
    }

    @Bean
    RouterFunction<ServerResponse> letters(LettersRoutes routes, AdminAccess access) {
        return RouterFunctions.route()
                .GET(LettersRoutes.LETTERS, routes::list)
                .GET(LettersRoutes.REASONS, routes::reasons)
                .POST(LettersRoutes.REPLAYS, routes::replay)
                // Before letters, of which "replays" would be one.
                .add(OtherMethods.of(LettersRoutes.REPLAYS, HttpMethod.POST))
                .GET(LettersRoutes.LETTER, routes::letter)
                .filter((request, next) ->
                        Mono.defer(() -> next.handle(request)).onErrorMap(LetterProblem::of))
                .filter(access.demand())
                .build()
                .and(OtherMethods.of(LettersRoutes.LETTERS, HttpMethod.GET))
                .and(OtherMethods.of(LettersRoutes.REASONS, HttpMethod.GET))
                .and(OtherMethods.of(LettersRoutes.LETTER, HttpMethod.GET));
    }

    @Bean
    RouterFunction<ServerResponse> openApi() {
        return OpenApiRoute.route();
    }
}
