package io.millrace.prove.counting;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.prove.asking.Question;
import io.millrace.prove.asking.Width;
import io.millrace.prove.traffic.Note;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Held against the naive way: to look at each event for each answer. */
final class EventIndexTest {
    private static final long NOW = Instant.parse("2026-11-20T23:50:00Z").toEpochMilli();
    private static final int PARTITIONS = 3;
    private static final int RECORDS = 4_000;
    private static final int QUESTIONS = 3_000;

    private final Random random = new Random(Long.getLong("millrace.seed", 20261121L));
    private final EventIndex index = new EventIndex();
    private final List<Logged> log = new ArrayList<>();

    private record Logged(int partition, long offset, long receivedAtMillis, Note note) {
        long timestampMillis() {
            Long timestamp = note.timestampMillis();
            return timestamp == null ? receivedAtMillis : timestamp;
        }
    }

    @Test
    void everyAnswerIsThatOfTheNaiveWay() {
        write();
        int withEvents = 0;
        for (int i = 0; i < QUESTIONS; i++) {
            Question question = question();
            long[] ends =
                    random.longs(PARTITIONS, 0, 2L * RECORDS / PARTITIONS + 10).toArray();

            List<String> answer = index.answer(question, partition -> ends[partition]);

            assertThat(answer).as("%s below %s", question, ends).isEqualTo(naive(question, ends));
            withEvents += answer.size() > 1 ? 1 : 0;
        }
        assertThat(withEvents).isGreaterThan(QUESTIONS / 3);
    }

    @Test
    void whatIsNotCountedIsInNoAnswer() {
        Note note = new Note(true, true, "acme", "view", 1, null, NOW);
        index.take(received(new Logged(0, 5, NOW, note)), note, false);
        Question question = new Question("acme", 0, 2 * NOW, List.of(), null);

        assertThat(index.answer(question, _ -> Long.MAX_VALUE)).hasSize(1);
        assertThat(index.received(0).receivedFrom(5)).isEqualTo(NOW);
        assertThat(index.received(0).receivedFrom(6)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void midnightIsSeen() {
        write();
        assertThat(index.midnight().holds()).isTrue();
        assertThat(new EventIndexTest().indexOfOneDay().midnight().holds()).isFalse();
    }

    private EventIndex indexOfOneDay() {
        Note note = new Note(false, false, "", "", 0, null, null);
        index.take(received(new Logged(0, 0, NOW, note)), note, false);
        return index;
    }

    private void write() {
        long[] next = new long[PARTITIONS];
        for (int i = 0; i < RECORDS; i++) {
            int partition = random.nextInt(PARTITIONS);
            next[partition] += 1 + random.nextInt(2);
            Logged logged = new Logged(partition, next[partition], NOW + i * 500L, note());
            log.add(logged);
            index.take(received(logged), logged.note(), true);
        }
    }

    private Note note() {
        @Nullable
        Long timestamp = switch (random.nextInt(4)) {
            case 0 -> null;
            case 1 -> NOW - random.nextLong(Duration.ofDays(10).toMillis());
            case 2 -> NOW - NOW % 60_000 + random.nextInt(3) * 60_000L;
            default -> NOW + random.nextInt(600_000);
        };
        String type = List.of("view", "order", "refund").get(random.nextInt(3));
        @Nullable Long amount = type.equals("view") ? null : Long.valueOf(random.nextInt(2_000_000) - 1_000_000);
        String tenant = random.nextBoolean() ? "acme" : "globex";
        return new Note(true, true, tenant, type, 1 + random.nextInt(3), amount, timestamp);
    }

    private Question question() {
        Width[] widths = Width.values();
        long from = NOW - random.nextLong(Duration.ofDays(random.nextInt(1, 12)).toMillis());
        long to =
                from + random.nextLong(Duration.ofHours(random.nextInt(1, 300)).toMillis());
        if (random.nextBoolean()) {
            Width alignment = widths[random.nextInt(3)];
            from = alignment.startOf(from);
            to = alignment.startFrom(to);
        }
        List<String> types = random.nextInt(3) == 0 ? List.of("order", "none", "order") : List.of();
        String tenant = random.nextBoolean() ? "acme" : "globex";
        return new Question(tenant, from, to, types, random.nextBoolean() ? widths[random.nextInt(3)] : null);
    }

    private List<String> naive(Question question, long[] ends) {
        Map<String, Map<Long, List<Logged>>> points = new TreeMap<>();
        Width width = question.width();
        for (Logged logged : log) {
            long time = logged.timestampMillis();
            if (logged.offset() < ends[logged.partition()]
                    && logged.note().tenant().equals(question.tenant())
                    && (question.types().isEmpty()
                            || question.types().contains(logged.note().type()))
                    && time >= question.fromMillis()
                    && time < question.toMillis()) {
                points.computeIfAbsent(logged.note().type(), _ -> new TreeMap<>())
                        .computeIfAbsent(
                                width == null ? 0 : time / width.millis() * width.millis(), _ -> new ArrayList<>())
                        .add(logged);
            }
        }
        List<String> lines = new ArrayList<>();
        lines.add(Instant.ofEpochMilli(question.fromMillis()) + " " + Instant.ofEpochMilli(question.toMillis()) + " "
                + (width == null ? "" : width.name().toLowerCase(Locale.ROOT)));
        points.forEach((type, starts) -> starts.forEach((start, events) ->
                lines.add(type + (width == null ? "" : " " + Instant.ofEpochMilli(start)) + " " + numbers(events))));
        return lines;
    }

    private static String numbers(List<Logged> events) {
        long count = 0;
        long amountCount = 0;
        BigDecimal sum = BigDecimal.ZERO;
        List<BigDecimal> amounts = new ArrayList<>();
        for (Logged event : events) {
            count += event.note().weight();
            Long micros = event.note().amountMicros();
            if (micros != null) {
                BigDecimal amount = BigDecimal.valueOf(micros, 6);
                amounts.add(amount);
                amountCount += event.note().weight();
                sum = sum.add(amount.multiply(BigDecimal.valueOf(event.note().weight())));
            }
        }
        if (amounts.isEmpty()) {
            return Long.toString(count);
        }
        BigDecimal average = sum.divide(BigDecimal.valueOf(amountCount), 6, RoundingMode.HALF_EVEN);
        return count + " " + plain(sum) + " " + plain(average) + " "
                + plain(amounts.stream().min(BigDecimal::compareTo).orElseThrow()) + " "
                + plain(amounts.stream().max(BigDecimal::compareTo).orElseThrow());
    }

    private static String plain(BigDecimal number) {
        return number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString();
    }

    private static ConsumerRecord<byte[], byte[]> received(Logged logged) {
        return new ConsumerRecord<>(
                "topic",
                logged.partition(),
                logged.offset(),
                logged.receivedAtMillis(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                new byte[0],
                new byte[0],
                new RecordHeaders(),
                Optional.empty());
    }
}
