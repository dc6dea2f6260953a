package io.millrace.kit.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;

class RateLimitTest {
    @Test
    void headersSayWhatIsLeftOfWhatAndUntilWhen() {
        HttpHeaders headers = new HttpHeaders();
        new RateLimit("events", 100, 7, Duration.ofMillis(1_001)).writeTo(headers);
        assertThat(headers.headerNames()).containsExactlyInAnyOrderElementsOf(RateLimit.HEADERS);
        assertThat(RateLimit.HEADERS.stream().map(headers::getFirst)).containsExactly("events", "100", "7", "2");
    }
}
