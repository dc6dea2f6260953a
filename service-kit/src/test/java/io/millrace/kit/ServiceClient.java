package io.millrace.kit;

import java.time.Duration;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Asks a running service. */
public final class ServiceClient {
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final int ANSWER_MAX_BYTES = 64 << 20;

    private ServiceClient() {}

    public static WebTestClient of(String url) {
        return WebTestClient.bindToServer()
                .baseUrl(url)
                .responseTimeout(PATIENCE)
                .codecs(codecs -> codecs.defaultCodecs().maxInMemorySize(ANSWER_MAX_BYTES))
                .build();
    }
}
