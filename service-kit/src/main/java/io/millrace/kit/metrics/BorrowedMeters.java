package io.millrace.kit.metrics;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.config.MeterFilter;
import java.util.Map;

/** Gives help texts to the meters of libraries that come without one. */
final class BorrowedMeters implements MeterFilter {
    private static final Map<String, String> HELP = Map.of(
            "http.server.requests", "Time to answer HTTP requests",
            "http.server.requests.active", "HTTP requests being answered",
            "http.client.requests", "Time that HTTP requests of this service took",
            "application.started.time", "Time until the application context was up",
            "application.ready.time", "Time until the service took requests");

    @Override
    public Meter.Id map(Meter.Id id) {
        String help = id.getDescription();
        if (help != null && !help.isBlank()) {
            return id;
        }
        String text = HELP.getOrDefault(id.getName(), "As named by the library that measures it");
        return new Meter.Id(id.getName(), Tags.of(id.getTagsAsIterable()), id.getBaseUnit(), text, id.getType());
    }
}
