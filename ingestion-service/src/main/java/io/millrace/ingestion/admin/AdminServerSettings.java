package io.millrace.ingestion.admin;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The administration API's server.
 *
 * @param port it listens on, at the main server's address; 17705, beside the door's 17701. A port of its own, so that
 *     the door can be opened to the world without it. 0 takes any free one
 * @param bodyTimeout for a request's body to come in; 10 s, it is a few hundred bytes. Then: 408
 * @param shutdownPatience how long requests may still run when the service ends; 5 s, they take milliseconds
 */
@ConfigurationProperties("millrace.admin")
record AdminServerSettings(
        @DefaultValue("17705") int port,
        @DefaultValue("10s") Duration bodyTimeout,
        @DefaultValue("5s") Duration shutdownPatience) {
    public AdminServerSettings {
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("millrace.admin.port must lie between 0 and 65535, not " + port);
        }
        if (shutdownPatience.isNegative() || bodyTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("durations under millrace.admin must be positive");
        }
    }
}
