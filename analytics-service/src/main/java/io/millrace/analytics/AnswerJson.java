package io.millrace.analytics;

import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.analytics.unique.UniqCount;
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
            writeContent(json, answer);
            MetaJson.write(json, answer);
            json.flush();
            int contentLength = bytes.size();
            MetaJson.writeCompleteTo(json, answer.joined());
            json.writeEndObject();
            json.flush();
            return AnswerBody.of(bytes.toByteArray(), contentLength);
        }
    }

    private static void writeContent(JsonGenerator json, Answer answer) {
        Question question = answer.question();
        List<Total> totals = answer.joined().totals();
        if (answer.ranked() != null) {
            writeRanked(json, question, answer.ranked());
        } else if (question.points() instanceof SpacedPoints points) {
            json.writeStringProperty("interval", points.interval().wire());
            json.writeStringProperty("timezone", points.zone().getId());
            writeSeries(json, question, Series.of(question, totals));
        } else {
            // Nothing is a total, too, where there is but one.
            boolean none = totals.isEmpty() && question.groupBy() == GroupBy.NONE;
            writeGroups(json, question, none ? List.of(new Total("", 0, Measures.NONE)) : totals);
        }
    }

    private static void writeGroups(JsonGenerator json, Question question, List<Total> totals) {
        json.writeArrayPropertyStart("groups");
        for (Total total : totals) {
            json.writeStartObject();
            writeName(json, question, total.group());
            writeNumbers(json, question, total.measures());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeRanked(JsonGenerator json, Question question, Ranked ranked) {
        json.writeStringProperty("group_by", question.groupBy().wire());
        writeGroups(json, question, ranked.groups());
        json.writeObjectPropertyStart("others");
        json.writeNumberProperty("count", ranked.othersEvents());
        if (ranked.othersAmountEvents() > 0) {
            BigDecimal sum = new BigDecimal(ranked.othersAmountSumMicros(), Amount.SCALE);
            json.writeStringProperty("order_amount_sum", Amount.plain(sum));
        }
        json.writeEndObject();
    }

    private static void writeSeries(JsonGenerator json, Question question, List<Series> all) {
        json.writeArrayPropertyStart("series");
        for (Series series : all) {
            json.writeStartObject();
            writeName(json, question, series.group());
            json.writeArrayPropertyStart("points");
            for (Total point : series.points()) {
                json.writeStartObject();
                json.writeStringProperty(
                        "start", Instant.ofEpochSecond(point.startEpochSecond()).toString());
                writeNumbers(json, question, point.measures());
                json.writeEndObject();
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private static void writeName(JsonGenerator json, Question question, String group) {
        if (question.groupBy() != GroupBy.NONE) {
            json.writeStringProperty(question.groupBy().wire(), group);
        }
    }

    private static void writeNumbers(JsonGenerator json, Question question, Measures measures) {
        json.writeNumberProperty("count", measures.events());
        if (question.countsUsers()) {
            UniqCount users = measures.users().count();
            json.writeNumberProperty("users", users.users());
            if (!users.exact()) {
                json.writeNumberProperty("users_error_max", users.relativeErrorMax());
            }
            return;
        }
        writeAmount(json, "order_amount_sum", measures.amountSum());
        writeAmount(json, "order_amount_avg", measures.amountAverage());
        writeAmount(json, "order_amount_min", measures.amountMin());
        writeAmount(json, "order_amount_max", measures.amountMax());
    }

    private static void writeAmount(JsonGenerator json, String name, Optional<BigDecimal> amount) {
        amount.ifPresent(some -> json.writeStringProperty(name, Amount.plain(some)));
    }
}
