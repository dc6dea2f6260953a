package io.millrace.analytics.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.tail.LiveTotals;
import io.millrace.analytics.tail.Reach;
import io.millrace.kit.installation.UniqueHashKeys;
import io.millrace.log.Tenant;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.reactive.function.client.WebClient;
import tools.jackson.databind.json.JsonMapper;

/** What another instance may do instead of answering: it costs its partitions and some time, and no answer. */
class PeersTest {
    private static final Duration TIMEOUT = Duration.ofMillis(300);

    /** Above the timeout, for a machine that is busy. */
    private static final Duration SLACK = Duration.ofSeconds(3);

    private static final Question QUESTION = new Question.Counts(
            new Tenant("shop"),
            new TimeRange(Instant.EPOCH, Instant.EPOCH.plusSeconds(60)),
            Collections.emptySortedSet(),
            GroupBy.EVENT_TYPE);

    private final PeerToken token = new PeerToken(new UniqueHashKeys(1, 2));

    private LiveTotals ask(RawPeer peer, Duration timeout) {
        return Objects.requireNonNull(new Peers(WebClient.create(), token, timeout)
                .ask(peer.address(), QUESTION, Map.of(3, 17L))
                .block(Duration.ofSeconds(10)));
    }

    private static String reply(String status, String body) {
        return "HTTP/1.1 " + status + "\r\nContent-Type: application/json\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n\r\n" + body;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "HTTP/1.1 200 OK\r\n",
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 500\r\n\r\n{\"totals\":[],"
            })
    void silentOneCostsTheTimeoutAndHasNothing(String says) {
        try (RawPeer peer = RawPeer.saying(says)) {
            long start = System.nanoTime();
            LiveTotals live = ask(peer, TIMEOUT);
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(TIMEOUT, TIMEOUT.plus(SLACK));
            assertThat(live.totals()).isEmpty();
            assertThat(live.reaches()).isEmpty();
            assertThat(peer.heard()).startsWith("POST " + PeerRoute.PATH).contains(token.text());
        }
    }

    @Test
    void oneThatWasSilentIsNotWaitedForInFullAgain() {
        Duration timeout = Duration.ofSeconds(2);
        Peers peers = new Peers(WebClient.create(), token, timeout);
        try (RawPeer peer = RawPeer.saying("")) {
            long start = System.nanoTime();
            for (int question = 0; question < 3; question++) {
                assertThat(Objects.requireNonNull(peers.ask(peer.address(), QUESTION, Map.of(3, 17L))
                                        .block(Duration.ofSeconds(10)))
                                .reaches())
                        .isEmpty();
            }
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isBetween(timeout, timeout.multipliedBy(2));
        }
    }

    @Test
    void oneThatMakesNoSenseHasNothing() {
        for (String says : List.of(
                reply("500 Internal Server Error", "{\"code\":\"internal\"}"),
                reply("401 Unauthorized", "{}"),
                reply("200 OK", "no JSON"),
                reply("200 OK", "{\"totals\":[{\"type\":\"a\",\"sumMicros\":\"1.5\"}],\"reaches\":{}}"),
                "no HTTP\r\n\r\n")) {
            try (RawPeer peer = RawPeer.saying(says)) {
                assertThat(ask(peer, SLACK).reaches()).as(says).isEmpty();
            }
        }
    }

    @Test
    void oneThatAnswersIsHeard() {
        LiveTotals live = new LiveTotals(List.of(), new TreeMap<>(Map.of(3, new Reach(17, 20, 5))));
        String body = JsonMapper.shared().writeValueAsString(TailReply.of(live));
        try (RawPeer peer = RawPeer.saying(reply("200 OK", body))) {
            assertThat(ask(peer, SLACK)).isEqualTo(live);
        }
    }
}
