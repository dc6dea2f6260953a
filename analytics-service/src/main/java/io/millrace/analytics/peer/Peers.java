package io.millrace.analytics.peer;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.tail.LiveTotals;
import java.time.Duration;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.web.reactive.function.client.WebClient;
import reactor.core.publisher.Mono;
import tools.jackson.databind.json.JsonMapper;

/** Asks other instances. One that does not answer in time has no partitions, as far as the question goes. */
final class Peers {
    private static final Logger LOG = LoggerFactory.getLogger(Peers.class);
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WebClient http;
    private final PeerToken token;
    private final Duration timeout;

    /**
     * The other instances.
     *
     * @param timeout for an answer
     */
    Peers(WebClient http, PeerToken token, Duration timeout) {
        this.http = http;
        this.token = token;
        this.timeout = timeout;
    }

    /**
     * Asks one.
     *
     * @param address {@code host:port}
     * @param partitions the offset to count from, by partition
     * @return what it said; nothing when it did not answer. Never fails
     */
    Mono<LiveTotals> ask(String address, Question question, Map<Integer, Long> partitions) {
        return http.post()
                .uri("http://" + address + PeerRoute.PATH)
                .header(HttpHeaders.AUTHORIZATION, token.text())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(JSON.writeValueAsBytes(TailRequest.of(question, partitions)))
                .retrieve()
                .bodyToMono(byte[].class)
                .map(body -> JSON.readValue(body, TailReply.class).live())
                .timeout(timeout)
                .onErrorResume(failure -> {
                    LOG.debug("{} does not answer for its partitions", address, failure);
                    return Mono.just(LiveTotals.NONE);
                });
    }
}
