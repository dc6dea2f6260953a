package io.millrace.kit;

import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.millrace.kit.access.AccessConfiguration;
import io.millrace.kit.access.AdminConfiguration;
import io.millrace.kit.access.BearerAccess;
import io.millrace.kit.access.Caller;
import io.millrace.kit.access.Scope;
import io.millrace.kit.connection.ClickHouseConnection;
import io.millrace.kit.connection.KafkaConnection;
import io.millrace.kit.connection.PostgresConnection;
import io.millrace.kit.eventlog.ClickHouseSchemaConfiguration;
import io.millrace.kit.eventlog.EventLogConfiguration;
import io.millrace.kit.health.ClickHouseHealth;
import io.millrace.kit.health.KafkaHealth;
import io.millrace.kit.health.PostgresHealth;
import io.millrace.kit.installation.UniqueHashKeysConfiguration;
import io.millrace.localstack.LocalStack;
import java.util.HashMap;
import java.util.Map;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;

/** A service that has everything there is in the kit. */
@SpringBootApplication
@Import({
    ServiceBasics.class,
    PostgresConnection.class,
    ClickHouseConnection.class,
    KafkaConnection.class,
    AccessConfiguration.class,
    AdminConfiguration.class,
    EventLogConfiguration.class,
    UniqueHashKeysConfiguration.class,
    ClickHouseSchemaConfiguration.class,
    PostgresHealth.class,
    ClickHouseHealth.class,
    KafkaHealth.class
})
public class TestService {

    public static ConfigurableApplicationContext start(LocalStack stack, Map<String, Object> more) {
        Map<String, Object> properties = new HashMap<>(stack.properties());
        properties.put("spring.config.import", "classpath:millrace-service.yaml");
        properties.put("spring.application.name", "test-service");
        properties.put("server.port", "0");
        properties.put("management.endpoint.health.group.readiness.include", "readinessState,kafka,clickhouse,keys");
        properties.put("millrace.start.patience", "2s");
        properties.putAll(more);
        return new SpringApplicationBuilder(TestService.class)
                .properties(properties)
                .run();
    }

    public static String url(ConfigurableApplicationContext service) {
        return "http://127.0.0.1:" + service.getEnvironment().getProperty("local.server.port");
    }

    @Bean
    RouterFunction<ServerResponse> whoAmI(BearerAccess bearer) {
        return route().GET(
                        "/v1/me",
                        request -> ServerResponse.ok()
                                .bodyValue(Caller.of(request).tenant().name()))
                .filter(bearer.demand(Scope.QUERY))
                .build();
    }
}
