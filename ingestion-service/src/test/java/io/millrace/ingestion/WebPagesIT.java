package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.localstack.LocalStack;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.springframework.http.MediaType;
import org.springframework.test.web.reactive.server.WebTestClient;

/** What a browser sends that runs no script of ours, or is about to leave the page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WebPagesIT {
    private static final String ORIGIN = "https://shop.example";

    private final LocalStack stack = LocalStack.shared();
    private final RunningDoor door = RunningDoor.start(stack, Map.of());
    private final String tenant = door.newTenant();
    private final String secret = door.newKey(tenant, "\"ingest\"");
    private final String open = door.newKey(tenant, "\"ingest\"", ORIGIN);

    @AfterAll
    void stop() {
        door.close();
    }

    @Test
    void beaconIsTakenWithAPublicKeyInItsAddress() {
        beacon(open, "[{\"event_type\":\"leave\"},{\"event_type\":\"leave\"}]", ORIGIN)
                .expectStatus()
                .isAccepted()
                .expectHeader()
                .valueEquals("Access-Control-Allow-Origin", ORIGIN)
                .expectBody()
                .jsonPath("$.accepted")
                .isEqualTo(2);
        assertThat(logged("leave")).hasSize(2);
    }

    @Test
    void keyThatIsNotPublicMustNotStandInAnAddress() {
        beacon(secret, "{\"event_type\":\"secret\"}", ORIGIN)
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("key_not_public");
        beacon(open, "{\"event_type\":\"stolen\"}", "https://other.example")
                .expectStatus()
                .isForbidden()
                .expectBody()
                .jsonPath("$.code")
                .isEqualTo("origin_refused");
        assertThat(logged("secret")).isEmpty();
        assertThat(logged("stolen")).isEmpty();
    }

    @Test
    void pixelIsAnEventAndAnImage() throws IOException {
        byte[] image = pixel(
                        "event_type=mail opened&user_id=ü&order_amount=1.5&campaign=spring&lang=de&event_id=p-1",
                        ORIGIN + "/inbox?x=1")
                .expectStatus()
                .isOk()
                .expectHeader()
                .contentType(MediaType.IMAGE_GIF)
                .expectHeader()
                .valueEquals("Cache-Control", "no-store")
                .expectBody()
                .returnResult()
                .getResponseBodyContent();
        var shown = ImageIO.read(new ByteArrayInputStream(Objects.requireNonNull(image)));
        assertThat(List.of(shown.getWidth(), shown.getHeight())).containsExactly(1, 1);
        assertThat(shown.getRGB(0, 0) >>> 24).as("how opaque it is").isZero();
        assertThat(logged("mail opened")).singleElement().satisfies(event -> {
            assertThat(String.valueOf(event.id())).isEqualTo("p-1");
            assertThat(event.userId()).isEqualTo("ü");
            assertThat(event.orderAmount()).isEqualTo(new Amount(1_500_000));
            assertThat(Objects.requireNonNull(event.properties()).toTextMap())
                    .containsExactlyInAnyOrderEntriesOf(Map.of("campaign", "spring", "lang", "de"));
        });
    }

    @Test
    void pixelOfAnotherPageIsRefused() {
        for (String referer : List.of("https://other.example/", ORIGIN + "@other.example/", ORIGIN + ".other/", "x")) {
            pixel("event_type=elsewhere", referer).expectStatus().isForbidden();
        }
        assertThat(logged("elsewhere")).isEmpty();
    }

    @Test
    void pixelThatIsNoEventSaysWhy() {
        pixel("event_type=a&timestamp=noon", ORIGIN + "/")
                .expectStatus()
                .isBadRequest()
                .expectBody()
                .jsonPath("$.rejected[0].code")
                .isEqualTo("timestamp_invalid");
    }

    private List<Event> logged(String type) {
        return PlainLog.events(stack, tenant).stream()
                .filter(event -> event.type().equals(type))
                .toList();
    }

    private WebTestClient.ResponseSpec beacon(String key, String body, String origin) {
        return door.client()
                .post()
                .uri("/v1/events?key={key}", key)
                .header("Origin", origin)
                .contentType(MediaType.parseMediaType("text/plain;charset=UTF-8"))
                .bodyValue(body)
                .exchange();
    }

    private WebTestClient.ResponseSpec pixel(String query, String referer) {
        return door.client()
                .get()
                .uri("/v1/pixel?" + query + "&key={key}", open)
                .header("Referer", referer)
                .exchange();
    }
}
