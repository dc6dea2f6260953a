package io.millrace.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.kit.ServiceBasics;
import io.millrace.kit.ServiceClient;
import io.millrace.kit.TestService;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.r2dbc.autoconfigure.R2dbcAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.HandlerMapping;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebFilter;
import org.springframework.web.server.WebFilterChain;
import reactor.core.publisher.Mono;

class RoutesFirstTest {

    @Test
    void requestsForRoutesAndForOthersAreAnsweredFilteredAndMeasured() {
        try (ConfigurableApplicationContext service = start(SeenInTime.class)) {
            WebTestClient client = ServiceClient.of(TestService.url(service));
            client.get()
                    .uri("/things/7")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("X-Seen", "/things/7")
                    .expectBody(String.class)
                    .isEqualTo("7");
            client.get()
                    .uri("/actuator/health")
                    .exchange()
                    .expectStatus()
                    .isOk()
                    .expectHeader()
                    .valueEquals("X-Seen", "/actuator/health");
            client.get()
                    .uri("/nothing")
                    .exchange()
                    .expectStatus()
                    .isNotFound()
                    .expectBody()
                    .jsonPath("$.code")
                    .isEqualTo("not_found");
            assertThat(service.getBean(Asked.class).paths).containsExactly("/actuator/health", "/nothing");
            assertThat(service.getBean(MeterRegistry.class)
                            .get("http.server.requests")
                            .tag("uri", "/things/{id}")
                            .timer()
                            .count())
                    .isEqualTo(1);
        }
    }

    @Test
    void preflightIsTheDispatchersAndNoRequestOfTheRoute() {
        try (ConfigurableApplicationContext service = start(SeenInTime.class)) {
            ServiceClient.of(TestService.url(service))
                    .method(HttpMethod.OPTIONS)
                    .uri("/things/7")
                    .header(HttpHeaders.ORIGIN, "https://other.example")
                    .header(HttpHeaders.ACCESS_CONTROL_REQUEST_METHOD, "GET")
                    .exchange()
                    .expectBody()
                    .isEmpty();
        }
    }

    @Test
    void filterThatWouldSeeNoRequestOfARouteIsRefused() {
        assertThatThrownBy(() -> start(MadeLate.class).close())
                .hasMessageContaining("needs an order")
                .hasMessageContaining(Seen.class.getName());
    }

    private static ConfigurableApplicationContext start(Class<?> filter) {
        return new SpringApplicationBuilder(OneRoute.class, filter)
                .properties("spring.config.import=classpath:millrace-service.yaml", "server.port=0")
                .run();
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration(exclude = R2dbcAutoConfiguration.class)
    @Import(ServiceBasics.class)
    static class OneRoute {
        @Bean
        Asked asked() {
            return new Asked();
        }

        @Bean
        RouterFunction<ServerResponse> things() {
            return route().GET("/things/{id}", request -> ServerResponse.ok().bodyValue(request.pathVariable("id")))
                    .build();
        }
    }

    /** The first that the dispatcher asks, and never the one that answers. */
    @Order(Ordered.HIGHEST_PRECEDENCE)
    static final class Asked implements HandlerMapping {
        private final Queue<String> paths = new ConcurrentLinkedQueue<>();

        @Override
        public Mono<Object> getHandler(ServerWebExchange exchange) {
            paths.add(exchange.getRequest().getPath().value());
            return Mono.empty();
        }
    }

    static class Seen implements WebFilter {
        @Override
        public Mono<Void> filter(ServerWebExchange exchange, WebFilterChain chain) {
            String path = exchange.getRequest().getPath().value();
            exchange.getResponse().getHeaders().set("X-Seen", path);
            return chain.filter(exchange);
        }
    }

    @Order(0)
    static final class SeenInTime extends Seen {}

    @Configuration(proxyBeanMethods = false)
    static class MadeLate {
        @Bean
        Seen seen() {
            return new Seen();
        }
    }
}
