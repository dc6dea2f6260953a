package io.millrace.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kit.openapi.OpenApi;
import io.millrace.localstack.LocalStack;
import io.millrace.retention.RunningRetention.Reply;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.HttpMethod;

/** Policies over HTTP, and what is refused. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PoliciesIT {
    private static final String POLICIES = "/v1/lifecycle/policies";
    private static final String RUNS = "/v1/lifecycle/runs";

    private final LocalStack stack = LocalStack.shared();
    private final RunningRetention service = RunningRetention.start(stack, Map.of("server.port", "0"));

    @AfterEach
    void backToTheDefaults() {
        service.keepForEver("events");
        service.keep("events_per_minute", 7);
    }

    @AfterAll
    void stop() {
        service.close();
    }

    private List<String> policies() {
        return service.get(POLICIES)
                .body()
                .path("policies")
                .valueStream()
                .map(policy -> policy.path("data_set").asString() + " "
                        + policy.path("keep_days").asString("for ever"))
                .toList();
    }

    @Test
    void onlyTheMinuteViewExpiresByDefault() {
        assertThat(policies())
                .containsExactly(
                        "events for ever", "events_per_minute 7", "events_per_hour for ever", "dead_letters for ever");
    }

    @Test
    void policyIsPutChangedAndDeleted() {
        String events = POLICIES + "/events";
        Reply put = service.send(HttpMethod.PUT, events, "{\"keep_days\":30}");
        assertThat(put.status()).isEqualTo(200);
        assertThat(put.body().path("keep_days").asInt()).isEqualTo(30);
        assertThat(service.get(events).body()).isEqualTo(put.body());
        service.keep("events", 36_500);
        assertThat(policies()).contains("events 36500");
        assertThat(service.send(HttpMethod.DELETE, events, "").status()).isEqualTo(204);
        assertThat(service.send(HttpMethod.DELETE, events, "").status()).isEqualTo(204);
        assertThat(service.get(events).body().path("keep_days").isNull()).isTrue();
        assertThat(service.get(events).body().path("updated_at").isNull()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "PUT | /v1/lifecycle/policies/events | {\"keep_days\":0} | 400 | keep_days_invalid",
                "PUT | /v1/lifecycle/policies/events | {\"keep_days\":36501} | 400 | keep_days_invalid",
                "PUT | /v1/lifecycle/policies/events | {\"keep_days\":7,\"x\":1} | 400 | body_invalid",
                "PUT | /v1/lifecycle/policies/events | keep | 400 | body_invalid",
                "PUT | /v1/lifecycle/policies/ledger | {\"keep_days\":7} | 404 | data_set_unknown",
                "GET | /v1/lifecycle/policies/ledger | '' | 404 | data_set_unknown",
                "DELETE | /v1/lifecycle/policies/ledger | '' | 404 | data_set_unknown",
                "POST | /v1/lifecycle/runs | {} | 400 | dry_run_missing",
                "POST | /v1/lifecycle/runs | '' | 400 | body_invalid",
                "GET | /v1/lifecycle/runs?limit=0 | '' | 400 | limit_invalid",
                "GET | /v1/lifecycle/runs?limit=501 | '' | 400 | limit_invalid",
                "GET | /v1/lifecycle/runs/last | '' | 404 | run_unknown",
                "GET | /v1/lifecycle/run | '' | 404 | not_found",
                "POST | /v1/lifecycle/policies | '' | 405 | method_not_allowed",
                "DELETE | /v1/lifecycle/runs | '' | 405 | method_not_allowed",
            })
    void mistakesHaveTheirCodes(String method, String path, String body, int status, String code) {
        Reply reply = service.send(HttpMethod.valueOf(method), path, body);
        assertThat(reply.status()).isEqualTo(status);
        assertThat(reply.code()).isEqualTo(code);
    }

    @Test
    void mostRunsAreListedAndUnknownOnesAreTold() {
        assertThat(service.get(RUNS + "?limit=500").status()).isEqualTo(200);
        assertThat(service.get(RUNS + "/" + UUID.randomUUID()).code()).isEqualTo("run_unknown");
    }

    @Test
    void bodiesThatAreNotJsonAreRefused() {
        Reply reply = service.send(
                HttpMethod.PUT,
                POLICIES + "/events",
                "keep_days=7",
                "application/x-www-form-urlencoded",
                stack.adminToken());
        assertThat(reply.status()).isEqualTo(415);
        Reply large = service.send(HttpMethod.POST, RUNS, " ".repeat(1 << 20));
        assertThat(large.status()).isEqualTo(413);
        assertThat(large.code()).isEqualTo("body_too_large");
    }

    @Test
    void adminTokenIsNeededEverywhere() {
        for (String path : List.of(POLICIES, POLICIES + "/events", RUNS, RUNS + "/" + UUID.randomUUID())) {
            assertThat(service.send(HttpMethod.GET, path, "", "application/json", "")
                            .code())
                    .isEqualTo("key_missing");
            assertThat(service.send(HttpMethod.GET, path, "", "application/json", "x" + stack.adminToken())
                            .code())
                    .isEqualTo("key_invalid");
        }
        assertThat(service.send(HttpMethod.POST, RUNS, "{\"dry_run\":false}", "application/json", "")
                        .status())
                .isEqualTo(401);
        assertThat(service.send(HttpMethod.PUT, POLICIES + "/events", "{\"keep_days\":1}", "application/json", "")
                        .status())
                .isEqualTo(401);
        assertThat(policies()).contains("events for ever");
    }

    @Test
    void documentIsServedToEveryone() {
        byte[] served = Objects.requireNonNull(service.client()
                .get()
                .uri("/openapi.yaml")
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .returnResult()
                .getResponseBody());
        assertThat(OpenApi.parse(served).document())
                .isEqualTo(OpenApi.packaged().document());
        assertThat(OpenApi.packaged().document().path("openapi").asString()).startsWith("3.1.");
    }
}
