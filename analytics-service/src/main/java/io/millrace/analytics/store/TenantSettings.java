package io.millrace.analytics.store;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How much of ClickHouse one tenant may have at once: {@code callsMax} times the time and the memory that one question
 * may take. Answers from kept results do not count.
 *
 * @param callsMax questions that are read at once; 4, a quarter of the connections there are
 * @param waitingMax questions that may wait for that; 256, the panels of a dashboard for ten people. Further ones are
 *     refused at once
 * @param waitMax how long they wait at most; 5 s, after which nobody looks any more
 */
@ConfigurationProperties("millrace.tenants")
public record TenantSettings(
        @DefaultValue("4") int callsMax,
        @DefaultValue("256") int waitingMax,
        @DefaultValue("5s") Duration waitMax) {
    public TenantSettings {
        if (callsMax < 1 || waitingMax < 0 || waitMax.toMillis() < 1) {
            throw new IllegalArgumentException(
                    "limits under millrace.tenants must be positive, those of waiting at least 0");
        }
    }
}
