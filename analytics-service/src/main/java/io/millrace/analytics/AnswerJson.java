package io.millrace.analytics;

import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.event.Amount;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Answers as the API has them; {@code openapi.yaml} describes the form. */
final class AnswerJson {
    private static final JsonFactory JSON = new JsonFactory();
    private static final int TOTAL_BYTES_ABOUT = 160;

    private AnswerJson() {}

    static AnswerBody write(Answer answer) {
        ByteArrayOutputStream bytes =
                new ByteArrayOutputStream(512 + answer.joined().totals().size() * TOTAL_BYTES_ABOUT);
        try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), bytes, JsonEncoding.UTF8)) {
            json.writeStartObject();
            TimeRange range = answer.question().range();
            json.writeStringProperty("from", range.from().toString());
            json.writeStringProperty("to", range.to().toString());
            switch (answer.question()) {
                case Question.Counts _ -> writeGroups(json, answer);
                case Question.Timeseries asked -> {
                    json.writeStringProperty(
                            "interval", asked.points().interval().wire());
                    json.writeStringProperty("timezone", asked.points().zone().getId());
                    writeSeries(json, Series.of(asked, answer.joined().totals()));
                }
            }
            MetaJson.write(json, answer);
            json.flush();
            int contentLength = bytes.size();
            MetaJson.writeCompleteTo(json, answer.joined());
            json.writeEndObject();
            json.flush();
            return AnswerBody.of(bytes.toByteArray(), contentLength);
        }
    }

    private static void writeGroups(JsonGenerator json, Answer answer) {
        json.writeArrayPropertyStart("groups");
        for (Total total : answer.joined().totals()) {
            json.writeStartObject();
            json.writeStringProperty("event_type", total.eventType());
            writeNumbers(json, total.measures());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeSeries(JsonGenerator json, List<Series> all) {
        json.writeArrayPropertyStart("series");
        for (Series series : all) {
            json.writeStartObject();
            json.writeStringProperty("event_type", series.eventType());
            json.writeArrayPropertyStart("points");
            for (Total point : series.points()) {
                json.writeStartObject();
                json.writeStringProperty(
                        "start", Instant.ofEpochSecond(point.startEpochSecond()).toString());
                writeNumbers(json, point.measures());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeNumbers(JsonGenerator json, Measures measures) {
        json.writeNumberProperty("count", measures.events());
        writeAmount(json, "order_amount_sum", measures.amountSum());
        writeAmount(json, "order_amount_avg", measures.amountAverage());
        writeAmount(json, "order_amount_min", measures.amountMin());
        writeAmount(json, "order_amount_max", measures.amountMax());
    }

    private static void writeAmount(JsonGenerator json, String name, Optional<BigDecimal> amount) {
        amount.ifPresent(some -> json.writeStringProperty(name, Amount.plain(some)));
    }
}
