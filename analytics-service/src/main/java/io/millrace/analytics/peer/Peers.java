package io.millrace.analytics.peer;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.tail.LiveTotals;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeoutException;
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
    private final PeerPatience patience;

    /**
     * The other instances.
     *
     * @param timeout for an answer of one that has answered before
     */
    Peers(WebClient http, PeerToken token, Duration timeout) {
        this.http = http;
        this.token = token;
        this.patience = new PeerPatience(timeout, System::nanoTime);
    }

    /**
     * Asks one.
     *
     * @param address {@code host:port}
     * @param partitions the offset to count from, by partition
     * @return what it said; nothing when it did not answer. Never fails
     */
    Mono<LiveTotals> ask(String address, Question question, Map<Integer, Long> partitions) {
        return Mono.defer(() -> ask(address, TailRequest.of(question, partitions), patience.with(address)));
    }

    private Mono<LiveTotals> ask(String address, TailRequest request, Duration timeout) {
        return http.post()
                .uri("http://" + address + PeerRoute.PATH)
                .header(HttpHeaders.AUTHORIZATION, token.text())
                .contentType(MediaType.APPLICATION_JSON)
                .bodyValue(JSON.writeValueAsBytes(request))
                .retrieve()
                .bodyToMono(byte[].class)
                .map(body -> JSON.readValue(body, TailReply.class).live())
                .timeout(timeout)
                .doOnNext(_ -> patience.answered(address))
                .onErrorResume(failure -> {
                    if (failure instanceof TimeoutException) {
                        patience.silent(address);
                    }
                    LOG.debug("{} does not answer for its partitions", address, failure);
                    return Mono.just(LiveTotals.NONE);
                });
    }
}
