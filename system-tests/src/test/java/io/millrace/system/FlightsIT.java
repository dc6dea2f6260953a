package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** Real records of 2001, loaded as a user would, against an independent count; before and after a restart. */
class FlightsIT {
    private static final String RANGE = "from=2001-01-01T00:00:00Z&to=2001-07-01T00:00:00Z";
    private static final Path FILE = RunningMillrace.ROOT.resolve("system-tests/src/test/resources" + Flights.RESOURCE);

    private final Flights flights = new Flights();

    FlightsIT() throws IOException {}

    @Test
    void answersEqualAnIndependentCountAlsoAfterRestart() {
        try (RunningMillrace millrace = RunningMillrace.ofItsOwn("flights")) {
            millrace.run("up", "--fresh").mustSucceed();
            assertThat(millrace.run("load", FILE.toString()).mustSucceed().text())
                    .containsPattern("accepted 2,?000, rejected 0");
            await().atMost(Duration.ofSeconds(60)).untilAsserted(() -> assertAnswers(millrace));

            millrace.run("down").mustSucceed();
            millrace.run("up").mustSucceed();
            assertAnswers(millrace);
        }
    }

    private void assertAnswers(RunningMillrace millrace) {
        Map<String, Long> counts = new TreeMap<>();
        Map<String, BigDecimal> amounts = new TreeMap<>();
        for (JsonNode group : ask(millrace, "/v1/counts?" + RANGE).get("groups")) {
            counts.put(group.get("event_type").asString(), group.get("count").asLong());
            amounts.put(
                    group.get("event_type").asString(),
                    new BigDecimal(group.get("order_amount_sum").asString()));
        }
        assertThat(counts).isEqualTo(flights.counts());
        assertThat(amounts).isEqualTo(flights.amounts());

        Map<String, Long> byHour = new TreeMap<>();
        for (JsonNode series :
                ask(millrace, "/v1/timeseries?interval=hour&fill=none&" + RANGE).get("series")) {
            for (JsonNode point : series.get("points")) {
                byHour.put(
                        series.get("event_type").asString() + " "
                                + point.get("start").asString(),
                        point.get("count").asLong());
            }
        }
        assertThat(byHour).isEqualTo(flights.byHour());
    }

    private static JsonNode ask(RunningMillrace millrace, String question) {
        Http.Answer answer = Http.get(
                millrace.environment("MILLRACE_QUERY_URL") + question, millrace.environment("MILLRACE_QUERY_KEY"));
        assertThat(answer.status()).as(answer.text()).isEqualTo(200);
        return answer.json();
    }
}
