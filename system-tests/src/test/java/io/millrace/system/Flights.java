package io.millrace.system;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import tools.jackson.databind.JsonNode;

/** An independent count of a file of real flight records: read line by line, added up in maps. */
final class Flights {
    static final String RESOURCE = "/flights-2k.ndjson.gz";

    private final Map<String, Long> counts = new TreeMap<>();
    private final Map<String, BigDecimal> amounts = new TreeMap<>();
    private final Map<String, Long> byHour = new TreeMap<>();
    private long lines;

    Flights() throws IOException {
        try (InputStream file = Flights.class.getResourceAsStream(RESOURCE);
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(new GZIPInputStream(file), StandardCharsets.UTF_8))) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                add(Http.JSON.readTree(line));
            }
        }
    }

    private void add(JsonNode flight) {
        lines++;
        String type = flight.get("event_type").asString();
        Instant hour = Instant.parse(flight.get("timestamp").asString()).truncatedTo(ChronoUnit.HOURS);
        counts.merge(type, 1L, Long::sum);
        amounts.merge(type, flight.get("order_amount").decimalValue(), BigDecimal::add);
        byHour.merge(type + " " + hour, 1L, Long::sum);
    }

    long lines() {
        return lines;
    }

    /** By event type. */
    Map<String, Long> counts() {
        return counts;
    }

    /** By event type. */
    Map<String, BigDecimal> amounts() {
        return amounts;
    }

    /** By event type and start of the hour, with a space between. */
    Map<String, Long> byHour() {
        return byHour;
    }
}
