package io.millrace.kit.eventlog;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Starting while a server is not there yet.
 *
 * @param patience how long a starting service waits for a server that cannot be reached; 30 s, so that servers and
 *     services can be started together. Then it ends, for its supervisor to start it again. What is there and does not
 *     fit is refused at once
 */
@ConfigurationProperties("millrace.start")
record StartSettings(@DefaultValue("30s") Duration patience) {
    public StartSettings {
        if (patience.isNegative()) {
            throw new IllegalArgumentException("millrace.start.patience must not be negative");
        }
    }
}
