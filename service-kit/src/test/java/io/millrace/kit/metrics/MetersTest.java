package io.millrace.kit.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.Tags;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MetersTest {
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Meters meters = new Meters(registry);

    @Test
    void metersCarryUnitAndHelp() {
        meters.counter("millrace.door.events", "Events accepted", Tags.of("code", "x"))
                .increment();
        meters.byteCounter("millrace.door.body", "Bytes taken", Tags.empty()).increment(5);
        meters.timer("millrace.door.ack", "Time to acknowledge", Duration.ofSeconds(10), Tags.empty())
                .record(Duration.ofMillis(3));
        meters.gauge("millrace.door.in.flight", "Bytes in flight", "bytes", () -> 7);
        meters.flag("millrace.door.state", "1 while it is open", Tags.of("state", "open"), () -> true);
        meters.sizes("millrace.door.batch", "Events in a request", Tags.empty()).record(3);
        assertThat(registry.scrape())
                .contains(
                        "# HELP millrace_door_events_total Events accepted",
                        "millrace_door_events_total{code=\"x\"} 1.0",
                        "# HELP millrace_door_body_bytes_total Bytes taken",
                        "# HELP millrace_door_ack_seconds Time to acknowledge",
                        "millrace_door_ack_seconds_bucket",
                        "millrace_door_in_flight_bytes 7.0",
                        "millrace_door_state{state=\"open\"} 1.0",
                        "# HELP millrace_door_batch Events in a request");
    }

    @ParameterizedTest
    @ValueSource(strings = {"door.events", "millrace", "millrace.Door", "millrace_door"})
    void otherNamesAreRefused(String name) {
        assertThatThrownBy(() -> meters.counter(name, "help", Tags.empty()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void meterWithoutHelpIsRefused() {
        assertThatThrownBy(() -> meters.counter("millrace.door.events", " ", Tags.empty()))
                .hasMessageContaining("help");
    }

    @Test
    void librariesMetersGetAHelpText() {
        registry.config().meterFilter(new BorrowedMeters());
        registry.timer("http.server.requests", "status", "200").record(Duration.ofMillis(1));
        registry.counter("some.library").increment();
        assertThat(registry.scrape())
                .contains(
                        "# HELP http_server_requests_seconds Time to answer HTTP requests",
                        "# HELP some_library_total As named by the library that measures it",
                        "status=\"200\"");
    }
}
