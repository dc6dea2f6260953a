package io.millrace.localstack.s3;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.process.Probe;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Optional;

/**
 * Signed requests for a bucket.
 *
 * @param url the keys, the server and, as its path, the bucket
 */
public record S3Probe(ServerUrl url) implements Probe {
    private static final Duration ANSWER_WITHIN = Duration.ofSeconds(5);
    private static final HttpClient CLIENT =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(1)).build();

    @Override
    public Optional<String> problem() {
        try {
            int status = send("HEAD");
            return status == 200 ? Optional.empty() : Optional.of("status " + status + " for the bucket");
        } catch (IOException e) {
            return Optional.of("no answer: " + e);
        }
    }

    /** The status of one request for the bucket. */
    int send(String method) throws IOException {
        URI bucket = URI.create(url.scheme() + "://" + url.host() + ":" + url.port() + "/" + url.database());
        SignedRequest signed = new SignedRequest(url.user(), url.password());
        try {
            return CLIENT.send(
                            signed.sign(method, bucket, InstantSource.system().instant())
                                    .timeout(ANSWER_WITHIN)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while asking the S3 server", e);
        }
    }
}
