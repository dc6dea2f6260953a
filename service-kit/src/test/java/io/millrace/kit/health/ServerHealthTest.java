package io.millrace.kit.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.health.contributor.Status;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

class ServerHealthTest {
    private static final HealthSettings SETTINGS = new HealthSettings(Duration.ofSeconds(3), Duration.ofSeconds(1));

    private final AtomicInteger asked = new AtomicInteger();

    @Test
    void answerIsGivenAgainWhileFresh() {
        StepVerifier.withVirtualTime(() -> {
                    ServerHealth health = new ServerHealth("It", probe(), SETTINGS);
                    return health.health()
                            .then(health.health())
                            .doOnNext(_ -> assertThat(asked).hasValue(1))
                            .delayElement(Duration.ofSeconds(1))
                            .then(health.health());
                })
                .thenAwait(Duration.ofSeconds(1))
                .expectNextMatches(health -> health.getStatus().equals(Status.UP)
                        && Integer.valueOf(2).equals(health.getDetails().get("asked")))
                .verifyComplete();
    }

    @Test
    void serverThatDoesNotAnswerIsDownInBoundedTime() {
        StepVerifier.withVirtualTime(() -> new ServerHealth("It", Mono.<Map<String, Object>>never(), SETTINGS).health())
                .thenAwait(Duration.ofSeconds(3))
                .expectNextMatches(health -> health.getStatus().equals(Status.DOWN)
                        && "no answer within PT3S".equals(health.getDetails().get("error")))
                .verifyComplete();
    }

    @Test
    void failureIsDownAndTellsNoAddress() {
        Mono<Map<String, Object>> probe = Mono.error(new IOException("Connection refused: 10.0.0.7:5432"));
        StepVerifier.create(new ServerHealth("It", probe, SETTINGS).health())
                .expectNextMatches(health -> health.getStatus().equals(Status.DOWN)
                        && health.getDetails().equals(Map.of("error", "IOException")))
                .verifyComplete();
    }

    @Test
    void defaultsArePinned() {
        assertThat(new Binder(new MapConfigurationPropertySource())
                        .bindOrCreate("millrace.health", HealthSettings.class))
                .isEqualTo(SETTINGS);
    }

    private Mono<Map<String, Object>> probe() {
        return Mono.fromCallable(() -> Map.of("asked", asked.incrementAndGet()));
    }
}
