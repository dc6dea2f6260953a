package io.millrace.ingestion;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.LocalStack;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Administrative calls with the limits that there are by default, from addresses of this machine that are each used once. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminLimitsIT {
    private static final String WRONG = "wrong-token-wrong-token";

    private final LocalStack stack = FragileStack.get();
    private final RunningDoor door = RunningDoor.startBeside(
            stack,
            Map.of(
                    "millrace.admin.limits.strict", "10",
                    "millrace.admin.limits.standard", "100",
                    "millrace.admin.limits.generation", "20"));

    @AfterAll
    void stop() {
        door.close();
    }

    @Test
    void soManyCallsOfEachTierAMinuteAndNotOneMore() throws IOException {
        String address = "127.0.0.11";
        for (int i = 0; i < 100; i++) {
            Answer answer = call(address, "GET", "/admin/v1/tenants", stack.adminToken());
            assertThat(answer.status).isEqualTo(200);
            assertThat(answer.text).contains("X-RateLimit-Limit: 100\n", "X-RateLimit-Remaining: " + (99 - i) + "\n");
        }
        limited(call(address, "GET", "/admin/v1/tenants", stack.adminToken()), "standard");
        // Another tier, another count.
        String unknown = "/admin/v1/keys/" + UUID.randomUUID();
        for (int i = 0; i < 10; i++) {
            assertThat(call(address, "DELETE", unknown, stack.adminToken()).status)
                    .isEqualTo(404);
        }
        limited(call(address, "DELETE", unknown, stack.adminToken()), "strict");
        for (int i = 0; i < 20; i++) {
            assertThat(call(address, "POST", "/admin/v1/tenants", stack.adminToken()).status)
                    .isEqualTo(415);
        }
        limited(call(address, "POST", "/admin/v1/tenants", stack.adminToken()), "generation");
        // Another address, another count.
        assertThat(call("127.0.0.12", "GET", "/admin/v1/tenants", stack.adminToken()).status)
                .isEqualTo(200);
    }

    @Test
    void afterFiveWrongTokensNoneIsLookedAt() throws IOException {
        String address = "127.0.0.13";
        for (int i = 0; i < 5; i++) {
            assertThat(call(address, "GET", "/admin/v1/tenants", WRONG + i).status)
                    .isEqualTo(401);
        }
        limited(call(address, "GET", "/admin/v1/tenants", WRONG), "auth");
        limited(call(address, "GET", "/admin/v1/tenants", stack.adminToken()), "auth");
        assertThat(call("127.0.0.14", "GET", "/admin/v1/tenants", stack.adminToken()).status)
                .isEqualTo(200);
    }

    @Test
    void whoseAddressIsKnownCannotBeKeptOut() throws IOException {
        String address = "127.0.0.15";
        assertThat(call(address, "GET", "/admin/v1/tenants", stack.adminToken()).status)
                .isEqualTo(200);
        for (int i = 0; i < 5; i++) {
            assertThat(call(address, "GET", "/admin/v1/tenants", WRONG).status).isEqualTo(401);
        }
        limited(call(address, "GET", "/admin/v1/tenants", WRONG), "auth");
        assertThat(call(address, "GET", "/admin/v1/tenants", stack.adminToken()).status)
                .isEqualTo(200);
        limited(call(address, "GET", "/admin/v1/tenants", WRONG), "auth");
    }

    @Test
    void goodTokensDoNotCountAsTries() throws IOException {
        String address = "127.0.0.16";
        for (int i = 0; i < 20; i++) {
            assertThat(call(address, "GET", "/admin/v1/tenants", stack.adminToken()).status)
                    .isEqualTo(200);
        }
        assertThat(call(address, "GET", "/admin/v1/tenants", WRONG).status).isEqualTo(401);
    }

    @Test
    void whatIsNoGoodHttpGetsAProblemHereToo() throws IOException {
        Answer answer = call("127.0.0.17", "GET", "/" + "x".repeat(9_000), stack.adminToken());
        assertThat(answer.status).isEqualTo(414);
        assertThat(answer.text).contains("\"code\":\"uri_too_long\"");
    }

    private record Answer(int status, String text) {}

    private static void limited(Answer answer, String tier) {
        assertThat(answer.status).isEqualTo(429);
        assertThat(answer.text)
                .contains(
                        "\"code\":\"rate_limited\"",
                        "X-RateLimit-Resource: " + tier + "\n",
                        "X-RateLimit-Remaining: 0\n")
                .containsPattern("Retry-After: [1-9]\\d?\n");
    }

    /** Clients of Java's cannot say which address they send from. */
    private Answer call(String from, String method, String path, String token) throws IOException {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(InetAddress.getByName(from), 0));
            socket.setSoTimeout(20_000);
            socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), door.adminPort()));
            String request = """
                    %s %s HTTP/1.1
                    Host: x
                    Authorization: Bearer %s
                    Content-Length: 0
                    Connection: close

                    """.formatted(method, path, token).replace("\n", "\r\n");
            socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
            InputStream in = socket.getInputStream();
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8).replace("\r\n", "\n");
            return new Answer(Integer.parseInt(text.substring("HTTP/1.1 ".length(), "HTTP/1.1 200".length())), text);
        }
    }
}
