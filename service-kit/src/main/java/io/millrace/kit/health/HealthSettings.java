package io.millrace.kit.health;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How servers are asked whether they are there.
 *
 * @param timeout after which a server that does not answer counts as away; 3 s, below the 5 s that probers wait
 * @param fresh how long an answer is given again without asking; 1 s, so that probers, however many, cost one
 *     question a second
 */
@ConfigurationProperties("millrace.health")
record HealthSettings(
        @DefaultValue("3s") Duration timeout,
        @DefaultValue("1s") Duration fresh) {
    public HealthSettings {
        if (timeout.toMillis() < 1 || fresh.toMillis() < 1) {
            throw new IllegalArgumentException("durations under millrace.health must be at least 1ms");
        }
    }
}
