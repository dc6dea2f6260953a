package io.millrace.localstack.s3;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.Part;
import io.millrace.localstack.PrivateStack;
import io.millrace.localstack.Server;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class S3ServerIT {
    @RegisterExtension
    static final PrivateStack STACK = new PrivateStack("s3", Part.S3);

    private final Server s3 = STACK.stack().s3();
    private final ServerUrl url = ServerUrl.parse(s3.url());

    @Test
    void bucketsAreKeptOverStopAndKill() throws IOException {
        S3Probe second =
                new S3Probe(new ServerUrl(url.scheme(), url.user(), url.password(), url.host(), url.port(), "second"));
        second.send("PUT");
        s3.stop();
        assertThat(s3.problem()).contains("not running");
        s3.start();
        assertThat(second.problem()).isEmpty();
        s3.kill();
        s3.start();
        assertThat(second.problem()).isEmpty();
        assertThat(new S3Probe(url).problem()).isEmpty();
    }

    @Test
    void requestsWithoutTheKeysAreRefused() throws IOException, InterruptedException {
        HttpRequest unsigned = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + url.port() + "/millrace"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            assertThat(client.send(unsigned, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(403);
        }
        S3Probe wrong =
                new S3Probe(new ServerUrl(url.scheme(), url.user(), "guessed", url.host(), url.port(), "millrace"));
        assertThat(wrong.problem()).contains("status 403 for the bucket");
    }
}
