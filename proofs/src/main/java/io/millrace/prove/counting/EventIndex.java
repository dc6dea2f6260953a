package io.millrace.prove.counting;

import io.millrace.prove.asking.Question;
import io.millrace.prove.asking.Width;
import io.millrace.prove.traffic.Note;
import io.millrace.prove.verdict.Difference;
import io.millrace.prove.verdict.Differences;
import io.millrace.prove.verdict.Finding;
import io.millrace.prove.verdict.LogReading.RecordSink;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntToLongFunction;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/**
 * The whole log's events, laid out for being counted up to any position. Shares nothing with the live tail: it counts from
 * the log's start and forgets nothing.
 */
public final class EventIndex implements RecordSink {
    private final Map<String, SortedMap<String, List<Shelf>>> tenants = new HashMap<>();
    private final List<Received> received = new ArrayList<>();

    @Override
    public void take(ConsumerRecord<byte[], byte[]> record, Note note, boolean counts) {
        received(record.partition()).add(record.offset(), record.timestamp());
        if (counts) {
            Long timestamp = note.timestampMillis();
            shelf(note.tenant(), note.type(), record.partition())
                    .add(new Counted(
                            Math.toIntExact(record.offset()),
                            timestamp == null ? record.timestamp() : timestamp,
                            note.weight(),
                            note.amountMicros()));
        }
    }

    private Shelf shelf(String tenant, String type, int partition) {
        List<Shelf> shelves =
                tenants.computeIfAbsent(tenant, _ -> new TreeMap<>()).computeIfAbsent(type, _ -> new ArrayList<>());
        while (shelves.size() <= partition) {
            shelves.add(new Shelf());
        }
        return shelves.get(partition);
    }

    /** When the records of a partition were received. */
    Received received(int partition) {
        while (received.size() <= partition) {
            received.add(new Received());
        }
        return received.get(partition);
    }

    /** {@return how many partitions have records} */
    int partitions() {
        return received.size();
    }

    /** Whether records were received on both sides of a midnight. */
    public Finding midnight() {
        long first = received.stream().mapToLong(Received::firstMillis).min().orElseThrow();
        long midnight = Width.DAY.startOf(first) + Width.DAY.millis();
        long all = received.stream().mapToLong(Received::records).sum();
        long before = received.stream().mapToLong(one -> one.before(midnight)).sum();
        Differences differences = new Differences();
        if (before == all) {
            differences.add(Difference.ofSum("all were received on one day"));
        }
        return Finding.of(
                "records were received on two days: %,d, then %,d".formatted(before, all - before), differences);
    }

    /**
     * What a question's answer must be.
     *
     * @param end the first offset that is not counted, by partition
     * @return its lines, as an answer has them
     */
    List<String> answer(Question question, IntToLongFunction end) {
        List<String> lines = new ArrayList<>();
        Width width = question.width();
        lines.add(String.join(
                " ",
                Instant.ofEpochMilli(question.fromMillis()).toString(),
                Instant.ofEpochMilli(question.toMillis()).toString(),
                width == null ? "" : width.name().toLowerCase(Locale.ROOT)));
        SortedMap<String, List<Shelf>> types = tenants.getOrDefault(question.tenant(), new TreeMap<>());
        for (String type : question.types().isEmpty() ? types.keySet() : new TreeSet<>(question.types())) {
            List<Shelf> shelves = types.getOrDefault(type, List.of());
            if (width == null) {
                addCounts(lines, type, shelves, question, end);
            } else {
                addPoints(lines, type, shelves, question, end);
            }
        }
        return lines;
    }

    private static void addCounts(
            List<String> lines, String type, List<Shelf> shelves, Question question, IntToLongFunction end) {
        Numbers numbers = new Numbers();
        for (int partition = 0; partition < shelves.size(); partition++) {
            shelves.get(partition)
                    .addTo(question.fromMillis(), question.toMillis(), end.applyAsLong(partition), numbers);
        }
        if (!numbers.isEmpty()) {
            lines.add(type + " " + numbers);
        }
    }

    private static void addPoints(
            List<String> lines, String type, List<Shelf> shelves, Question question, IntToLongFunction end) {
        SortedMap<Long, Numbers> points = new TreeMap<>();
        Width width = question.width();
        for (int partition = 0; width != null && partition < shelves.size(); partition++) {
            shelves.get(partition)
                    .addTo(
                            question.fromMillis(),
                            question.toMillis(),
                            end.applyAsLong(partition),
                            width,
                            start -> points.computeIfAbsent(start, _ -> new Numbers()));
        }
        points.forEach((start, numbers) -> {
            if (!numbers.isEmpty()) {
                lines.add(type + " " + Instant.ofEpochMilli(start) + " " + numbers);
            }
        });
    }
}
