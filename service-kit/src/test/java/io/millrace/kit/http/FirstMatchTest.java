package io.millrace.kit.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.springframework.web.reactive.function.server.RequestPredicates.path;
import static org.springframework.web.reactive.function.server.RouterFunctions.route;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.test.web.reactive.server.WebTestClient;
import org.springframework.web.reactive.function.server.RouterFunction;
import org.springframework.web.reactive.function.server.RouterFunctions;
import org.springframework.web.reactive.function.server.ServerResponse;
import org.springframework.web.util.pattern.PathPatternParser;

class FirstMatchTest {
    private final RouterFunction<ServerResponse> routes =
            FirstMatch.of(List.of(to("/a", 201), to("/b", 202), to("/{any}", 203), to("/b", 500)));

    @ParameterizedTest
    @CsvSource({"/a, 201", "/b, 202", "/c, 203", "/c/d, 404"})
    void firstThatMatchesIsTaken(String path, int status) {
        WebTestClient.bindToRouterFunction(routes)
                .build()
                .get()
                .uri(path)
                .exchange()
                .expectStatus()
                .isEqualTo(status);
    }

    @Test
    void eachIsReachedByWhatIsSetForAll() {
        PathPatternParser anyCase = new PathPatternParser();
        anyCase.setCaseSensitive(false);
        RouterFunctions.changeParser(routes, anyCase);
        firstThatMatchesIsTaken("/A", 201);
        firstThatMatchesIsTaken("/B", 202);
    }

    @Test
    void eachHasALineOfItsOwn() {
        assertThat(routes.toString().lines().map(line -> line.substring(0, line.indexOf(' '))))
                .containsExactly("/a", "/b", "/{any}", "/b");
    }

    @Test
    void oneIsItself() {
        RouterFunction<ServerResponse> one = to("/a", 201);
        assertThat(FirstMatch.of(List.of(one))).isSameAs(one);
        assertThatThrownBy(() -> FirstMatch.of(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    private static RouterFunction<ServerResponse> to(String path, int status) {
        return route(path(path), _ -> ServerResponse.status(status).build());
    }
}
