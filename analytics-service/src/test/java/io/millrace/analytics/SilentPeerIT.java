package io.millrace.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.MeterRegistry;
import io.millrace.analytics.RunningService.Reply;
import io.millrace.analytics.peer.RawPeer;
import io.millrace.analytics.tail.LogTail;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.kit.access.Scope;
import io.millrace.localstack.LocalStack;
import io.millrace.localstack.Part;
import io.millrace.localstack.Ports;
import io.millrace.log.Tenant;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** An instance that takes connections and says nothing, as a process that hangs does, or not enough. */
class SilentPeerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration TIMEOUT = Duration.ofMillis(400);

    /** What an answer takes beside, on a machine that is busy. */
    private static final Duration SLACK = Duration.ofSeconds(2);

    private final LocalStack stack = LocalStack.shared();

    private RunningService instance(String group, int port, String address) {
        return RunningService.start(
                stack,
                Map.of(
                        "server.port",
                        Integer.toString(port),
                        "millrace.tail.group",
                        group,
                        "millrace.tail.peer-timeout",
                        TIMEOUT.toMillis() + "ms",
                        "millrace.tail.address",
                        address,
                        "millrace.history.refresh-after",
                        "1h",
                        "millrace.history.without-tail-after",
                        "0ms"));
    }

    private static void awaitHalves(RunningService one) {
        await().atMost(PATIENCE)
                .until(() -> one.bean(LogTail.class).elsewhere().size() == 6
                        && one.bean(LogTail.class).reaches().size() == 6);
    }

    @Test
    void costsNoMoreThanTheTimeoutAndItsPartitionsAreNamed() throws Exception {
        int port = Ports.free().of(Part.ANALYTICS);
        try (RawPeer hanging = RawPeer.saying("");
                RunningService one = instance("silent", port, "127.0.0.1:" + port);
                // Where others are told to find it, nobody answers.
                RunningService other = instance("silent", 0, hanging.address());
                Topic topic = new Topic(stack)) {
            awaitHalves(one);
            Tenant tenant = one.newTenant();
            String key = one.key(tenant, Scope.QUERY);
            for (int i = 0; i < 120; i++) {
                var _ = topic.send(tenant, Event.ofType("e").withId(EventId.of("silent-" + i)));
            }
            topic.flush();
            Instant now = one.bean(Clock.class).instant();
            String range = "from=" + now.minusSeconds(3_600) + "&to=" + now.plusSeconds(3_600);
            await().atMost(PATIENCE).untilAsserted(() -> {
                Reply whole = other.get("/v1/counts", range, key);
                assertThat(Recount.linesOf(whole.body())).containsExactly("e  120");
                assertThat(whole.body().at("/meta/not_live").isMissingNode()).isTrue();
            });

            List<Integer> gone = List.copyOf(one.bean(LogTail.class).elsewhere().keySet());
            for (int question = 0; question < 5; question++) {
                long start = System.nanoTime();
                Reply reply = one.get("/v1/counts", range, key);
                // Nobody has told yet that it says nothing, and then it is known.
                assertThat(Duration.ofNanos(System.nanoTime() - start))
                        .isBetween(question == 0 ? TIMEOUT : TIMEOUT.dividedBy(10), TIMEOUT.plus(SLACK));
                assertThat(reply.status()).isEqualTo(200);
                assertThat(reply.body().at("/meta/exact").asBoolean()).isTrue();
                assertThat(reply.body().at("/meta/not_live/partition_missing").valueStream())
                        .extracting(partition -> partition.asInt())
                        .isEqualTo(gone);
                assertThat(reply.body().at("/groups/0/count").asInt()).isBetween(1, 119);
            }
            assertThat(hanging.heard()).contains("POST /internal/v1/tails");
        }
    }

    /** As one does that was started again after the result was read. */
    @Test
    void resultThatAnotherHasNoTailForIsReadAnewBeforeItIsGiven() {
        String reaches = IntStream.range(0, 12)
                .mapToObj(partition -> "\"%d\":{\"floor\":%d,\"end\":%d,\"lastReceivedMillis\":0}"
                        .formatted(partition, Long.MAX_VALUE / 2, Long.MAX_VALUE / 2))
                .collect(Collectors.joining(",", "{\"totals\":[],\"reaches\":{", "}}"));
        String reply =
                "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: " + reaches.length() + "\r\n\r\n";
        int port = Ports.free().of(Part.ANALYTICS);
        try (RawPeer later = RawPeer.saying(reply + reaches);
                RunningService one = instance("short", port, "127.0.0.1:" + port);
                RunningService other = instance("short", 0, later.address())) {
            awaitHalves(one);
            assertThat(other.bean(LogTail.class).isRunning()).isTrue();
            String key = one.key(one.newTenant(), Scope.QUERY);
            Instant now = one.bean(Clock.class).instant();
            String range = "from=" + now.minusSeconds(3_600) + "&to=" + now.plusSeconds(3_600);
            for (int question = 1; question <= 5; question++) {
                Reply answer = one.get("/v1/counts", range, key);
                assertThat(answer.body().at("/meta/exact").asBoolean()).isTrue();
                assertThat(answer.body().at("/meta/not_live/tail_short")).hasSizeGreaterThanOrEqualTo(6);
                // The first was read for the question, and again when the other said that it has not enough.
                assertThat(readFromClickHouse(one)).isEqualTo(question + 1.0);
            }
        }
    }

    private static double readFromClickHouse(RunningService one) {
        return one.bean(MeterRegistry.class)
                .get("millrace.analytics.history")
                .tag("from", "clickhouse")
                .counter()
                .count();
    }
}
