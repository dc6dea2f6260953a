package io.millrace.prove.asking;

import io.millrace.log.PositionVector;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an answer says.
 *
 * @param exact whether it claims to be
 * @param reasons why not
 * @param position up to where
 * @param completeTo before which everything received is in it; null when that is not known
 * @param live whether live data went into it
 * @param notLive partitions that are older than they should be, each with the reason
 * @param numbers a line for its range, then one for each of its groups or points, in its own order
 */
public record Answer(
        boolean exact,
        List<String> reasons,
        PositionVector position,
        @Nullable Instant completeTo,
        boolean live,
        List<NotLive> notLive,
        List<String> numbers) {
    private static final JsonMapper JSON = new JsonMapper();
    private static final List<String> NUMBERS =
            List.of("count", "order_amount_sum", "order_amount_avg", "order_amount_min", "order_amount_max");

    public Answer {
        reasons = List.copyOf(reasons);
        notLive = List.copyOf(notLive);
        numbers = List.copyOf(numbers);
    }

    /** A partition that is not up to date. */
    public record NotLive(String reason, int partition) {}

    /** Reads the body of an answer. */
    public static Answer parse(String body) {
        JsonNode json = JSON.readTree(body);
        JsonNode meta = json.path("meta");
        JsonNode completeTo = meta.path("complete_to");
        return new Answer(
                meta.path("exact").asBoolean(),
                texts(meta.path("reasons")),
                PositionVector.parse(meta.path("position").asString()),
                completeTo.isString() ? Instant.parse(completeTo.asString()) : null,
                texts(meta.path("sources")).contains("live"),
                notLive(meta.path("not_live")),
                numbers(json));
    }

    /**
     * Whether its numbers must be what the log below its position comes to: it is exact, or would be if no event stood for
     * others. How many others is in the log, too.
     */
    public boolean isOfTheLog() {
        return exact || reasons.equals(List.of("sampled"));
    }

    /** Whether every partition is up to date. */
    public boolean isUpToDate() {
        return notLive.isEmpty();
    }

    private static List<String> texts(JsonNode array) {
        List<String> texts = new ArrayList<>();
        array.forEach(text -> texts.add(text.asString()));
        return texts;
    }

    private static List<NotLive> notLive(JsonNode json) {
        List<NotLive> all = new ArrayList<>();
        for (String reason : new TreeSet<>(json.propertyNames())) {
            json.path(reason).forEach(partition -> all.add(new NotLive(reason, partition.asInt())));
        }
        return all;
    }

    private static List<String> numbers(JsonNode json) {
        List<String> lines = new ArrayList<>();
        lines.add(String.join(
                " ",
                json.path("from").asString(),
                json.path("to").asString(),
                json.path("interval").asString("")));
        json.path("groups").forEach(group -> lines.add(line(group, group)));
        json.path("series").forEach(series -> series.path("points").forEach(point -> lines.add(line(series, point))));
        return lines;
    }

    private static String line(JsonNode named, JsonNode counted) {
        StringJoiner line = new StringJoiner(" ");
        line.add(named.path("event_type").asString());
        if (counted.has("start")) {
            line.add(counted.path("start").asString());
        }
        NUMBERS.forEach(name -> {
            if (counted.has(name)) {
                line.add(counted.path(name).asString());
            }
        });
        return line.toString();
    }
}
