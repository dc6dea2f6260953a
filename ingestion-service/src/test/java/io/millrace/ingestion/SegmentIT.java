package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.segment.analytics.Analytics;
import com.segment.analytics.Callback;
import com.segment.analytics.messages.IdentifyMessage;
import com.segment.analytics.messages.Message;
import com.segment.analytics.messages.PageMessage;
import com.segment.analytics.messages.TrackMessage;
import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.localstack.LocalStack;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Segment's own library, and what browsers send, at this door. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SegmentIT {
    private static final String ORIGIN = "https://shop.example";

    private final LocalStack stack = LocalStack.shared();
    private final RunningDoor door = RunningDoor.start(stack, Map.of());
    private final String tenant = door.newTenant();
    private final String key = door.newKey(tenant, "\"ingest\"");

    @AfterAll
    void stop() {
        door.close();
    }

    /** What became of the messages that the library was given. */
    private static final class Outcomes implements Callback {
        private final ConcurrentLinkedQueue<String> succeeded = new ConcurrentLinkedQueue<>();
        private final ConcurrentLinkedQueue<Throwable> failed = new ConcurrentLinkedQueue<>();

        @Override
        public void success(Message message) {
            succeeded.add(message.messageId());
        }

        @Override
        public void failure(Message message, Throwable throwable) {
            failed.add(throwable);
        }
    }

    @Test
    void publishedLibraryWorksUnchanged() {
        Outcomes outcomes = new Outcomes();
        Analytics analytics = Analytics.builder(key)
                .endpoint("http://127.0.0.1:" + door.port())
                .flushInterval(1, TimeUnit.SECONDS)
                .callback(outcomes)
                .build();
        for (int i = 0; i < 300; i++) {
            analytics.enqueue(TrackMessage.builder("sdk order")
                    .userId("u" + i % 7)
                    .properties(Map.of("revenue", 1.25, "product_id", "p" + i % 3, "n", i)));
        }
        analytics.enqueue(IdentifyMessage.builder().userId("u1").traits(Map.of("plan", "gold")));
        analytics.enqueue(PageMessage.builder("Home").anonymousId("a1"));
        analytics.flush();
        await().until(() -> outcomes.succeeded.size() == 302);
        analytics.shutdown();
        assertThat(outcomes.failed).isEmpty();

        List<Event> events = PlainLog.events(stack, tenant);
        List<Event> orders = of("sdk order", events);
        assertThat(orders).hasSize(300);
        assertThat(orders).allSatisfy(order -> {
            assertThat(order.orderAmount()).isEqualTo(new Amount(1_250_000));
            assertThat(order.timestamp())
                    .isBetween(Instant.now().minusSeconds(120), Instant.now().plusSeconds(1));
            assertThat(Objects.requireNonNull(order.properties()).toTextMap()).containsKeys("context", "n");
        });
        assertThat(orders.stream().map(Event::userId).distinct()).hasSize(7);
        assertThat(events.stream().map(event -> String.valueOf(event.id()))).containsAll(outcomes.succeeded);
        assertThat(of("identify", events))
                .singleElement()
                .satisfies(event -> assertThat(
                                Objects.requireNonNull(event.properties()).toTextMap())
                        .containsEntry("plan", "gold"));
        assertThat(of("page", events))
                .singleElement()
                .satisfies(event -> assertThat(event.userId()).isEqualTo("a1"));
    }

    private static List<Event> of(String type, List<Event> events) {
        return events.stream().filter(event -> event.type().equals(type)).toList();
    }

    @Test
    void keyIsTakenHoweverLibrariesSendIt() {
        for (String pair : List.of(key + ":", key, key + ":password")) {
            succeeds(track("{\"event\":\"basic\"}", "Authorization", "Basic " + base64(pair)));
        }
        succeeds(track("{\"event\":\"basic\"}", "Authorization", "Bearer " + key));
        succeeds(track("{\"event\":\"basic\",\"writeKey\":\"" + key + "\"}", "Content-Type", "text/plain"));
        for (String wrong : List.of("Basic " + base64("mr_i_" + "0".repeat(40) + ":"), "Basic !", "Bearer x")) {
            track("{\"event\":\"basic\"}", "Authorization", wrong)
                    .expectStatus()
                    .isUnauthorized();
        }
    }

    @Test
    void pageOfAnOriginThatTheKeyIsBoundToMayReadTheAnswer() {
        String web = door.newKey(tenant, "\"ingest\"", ORIGIN);
        String body = "{\"event\":\"web\",\"writeKey\":\"" + web + "\"}";
        track(body, "Origin", ORIGIN)
                .expectStatus()
                .isOk()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", ORIGIN);
        track("{\"event\":\"\",\"writeKey\":\"" + web + "\"}", "Origin", ORIGIN)
                .expectStatus()
                .isBadRequest()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", ORIGIN);
        track(body, "Origin", "https://other.example")
                .expectStatus()
                .isForbidden()
                .expectHeader()
                .doesNotExist("Access-Control-Allow-Origin");
        door.client()
                .options()
                .uri("/v1/track")
                .header("Origin", ORIGIN)
                .header("Access-Control-Request-Method", "POST")
                .header("Access-Control-Request-Headers", "content-type")
                .exchange()
                .expectStatus()
                .isNoContent()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", ORIGIN);
    }

    @Test
    void answerIsTheOneThatLibrariesKnowWithMoreInIt() {
        track("{\"event\":\"a\"}", "Authorization", "Bearer " + key)
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.success")
                .isEqualTo(true)
                .jsonPath("$.accepted")
                .isEqualTo(1)
                .jsonPath("$.position")
                .isNotEmpty();
    }

    private static void succeeds(WebTestClient.ResponseSpec answer) {
        answer.expectStatus().isOk();
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }

    private WebTestClient.ResponseSpec track(String body, String header, String value) {
        return door.client()
                .post()
                .uri("/v1/track")
                .header(header, value)
                .bodyValue(body)
                .exchange();
    }
}
