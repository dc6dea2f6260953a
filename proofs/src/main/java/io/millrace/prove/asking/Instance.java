package io.millrace.prove.asking;

import io.millrace.prove.stage.ServiceProcess;
import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;

/** An instance of analytics-service, asked over HTTP with each tenant's key. For several threads. */
public final class Instance {
    /** Longer than it is ever frozen: what was asked before shall be answered after. */
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(40);

    private final ServiceProcess service;
    private final Map<String, String> keys;
    private final InstantSource clock = InstantSource.system();
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(2)).build();

    /**
     * An instance.
     *
     * @param keys by tenant
     */
    public Instance(ServiceProcess service, Map<String, String> keys) {
        this.service = service;
        this.keys = Map.copyOf(keys);
    }

    /** Asks, and says what came of it. */
    public Asked ask(int number, Question question) throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(service.url().resolve(question.pathAndQuery()))
                .header("Authorization", "Bearer " + keys.get(question.tenant()))
                .timeout(ANSWER_WITHIN)
                .build();
        Instant began = clock.instant();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return new Asked(number, service.number(), began, clock.instant(), answer.statusCode(), answer.body());
        } catch (IOException e) {
            return new Asked(number, service.number(), began, clock.instant(), Asked.NO_ANSWER, e.toString());
        }
    }
}
