package io.millrace.analytics;

import io.millrace.analytics.tail.Selection;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.analytics.total.Totals;
import io.millrace.analytics.unique.UniqState;
import io.millrace.analytics.unique.UserHash;
import io.millrace.analytics.unique.Users;
import io.millrace.event.Amount;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.event.EventLimits;
import io.millrace.kit.installation.UniqueHashKeys;
import io.millrace.log.EventRecords;
import io.millrace.log.EventTopic;
import io.millrace.log.LogTerms;
import io.millrace.log.Tenant;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * One partition of a made-up log, with what a reader of all of it knows of each record. Offsets have holes, as markers
 * of transactions leave them, and some records are further copies or no events.
 */
public final class LogOfEvents {
    public static final List<Tenant> TENANTS = List.of(new Tenant("a"), new Tenant("b"));
    public static final List<String> TYPES = List.of("click", "order", "\uD83D\uDE00", "\uFF5E");
    public static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");
    public static final int PARTITION = 5;
    public static final UserHash USER_HASH = new UserHash(new UniqueHashKeys(1, 2));

    /** Few enough that a count of them is exact. */
    private static final int USERS = 40;

    private final List<ConsumerRecord<byte[], byte[]>> records = new ArrayList<>();
    private final List<Counted> counted = new ArrayList<>();
    private long end;

    /** An event that counts, where it is. */
    public record Counted(
            long offset,
            Tenant tenant,
            String type,
            long millis,
            int weight,
            @Nullable Long micros,
            String user) {
        Measures measures(boolean withUsers) {
            Measures events = micros == null
                    ? Measures.withoutAmounts(weight)
                    : new Measures(
                            weight,
                            weight,
                            BigInteger.valueOf(micros).multiply(BigInteger.valueOf(weight)),
                            micros,
                            micros);
            Measures one = events.withRows(1);
            return withUsers && !user.isEmpty() ? one.withUsers(users()) : one;
        }

        private Users users() {
            byte[] id = user.getBytes(StandardCharsets.UTF_8);
            UniqState state = new UniqState();
            state.addHash(UniqState.hash(USER_HASH.of(id, 0, id.length)));
            return Users.of(state);
        }
    }

    /** The terms of the log, with a duplicate window of that many offsets. */
    public static LogTerms terms(int windowOffsets) {
        return new LogTerms(1, 12, windowOffsets, Duration.ofDays(1), Duration.ofHours(1));
    }

    /** Whom an id belongs to, and where it was last. */
    private record Occurrence(long id, Tenant tenant, long offset) {}

    /** A log of that many records, some of them copies of earlier ones, within the duplicate window and not. */
    public static LogOfEvents random(Random random, int records, int windowOffsets) {
        LogOfEvents log = new LogOfEvents();
        List<Occurrence> ids = new ArrayList<>();
        for (int i = 0; i < records; i++) {
            log.end += 1 + (random.nextInt(10) == 0 ? random.nextInt(4) : 0);
            long offset = log.end - 1;
            if (random.nextInt(12) == 0) {
                log.add(offset, new ProducerRecord<>(EventTopic.NAME, new byte[] {1}, new byte[] {1}));
                continue;
            }
            Occurrence before = ids.isEmpty() || random.nextInt(4) > 0
                    ? new Occurrence(offset, TENANTS.get(random.nextInt(TENANTS.size())), Long.MIN_VALUE / 2)
                    : ids.remove(random.nextInt(ids.size()));
            Counted event = draw(random, offset, before.tenant());
            log.add(offset, record(event, before.id()));
            ids.add(new Occurrence(before.id(), before.tenant(), offset));
            if (offset - before.offset() > windowOffsets) {
                log.counted.add(event);
            }
        }
        return log;
    }

    private static Counted draw(Random random, long offset, Tenant tenant) {
        String type = TYPES.get(random.nextInt(TYPES.size()));
        Long micros = switch (random.nextInt(4)) {
            case 0 -> random.nextLong(2 * Amount.MICROS_MAX) - Amount.MICROS_MAX;
            case 1 -> random.nextLong(1_000);
            default -> null;
        };
        long late = random.nextInt(5) == 0 ? random.nextLong(Duration.ofDays(90).toMillis()) : random.nextLong(200_000);
        int weight = random.nextInt(8) == 0 ? 1 + random.nextInt(EventLimits.WEIGHT_MAX) : 1;
        String user = random.nextInt(4) == 0 ? "" : "user-" + random.nextInt(USERS);
        return new Counted(offset, tenant, type, NOW.toEpochMilli() - late, weight, micros, user);
    }

    private static ProducerRecord<byte[], byte[]> record(Counted event, long id) {
        return EventRecords.of(
                EventTopic.NAME,
                event.tenant(),
                new Event(
                        EventId.of("id-" + id),
                        event.type(),
                        Instant.ofEpochMilli(event.millis()),
                        event.user(),
                        "",
                        "",
                        event.micros() == null ? null : new Amount(event.micros()),
                        null,
                        event.weight()));
    }

    private void add(long offset, ProducerRecord<byte[], byte[]> sent) {
        records.add(new ConsumerRecord<>(
                EventTopic.NAME,
                PARTITION,
                offset,
                NOW.toEpochMilli() + offset,
                TimestampType.LOG_APPEND_TIME,
                0,
                sent.value().length,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty()));
    }

    public List<ConsumerRecord<byte[], byte[]>> records() {
        return records;
    }

    public List<Counted> counted() {
        return counted;
    }

    /** What the events below an offset, from another on, come to, by going through them. */
    public List<Total> totals(long from, long below, Selection asked) {
        Map<String, Map<Long, Measures>> totals = new TreeMap<>();
        for (Counted event : counted) {
            Instant time = Instant.ofEpochMilli(event.millis());
            if (event.offset() >= from
                    && event.offset() < below
                    && event.tenant().equals(asked.tenant())
                    && !time.isBefore(asked.range().from())
                    && time.isBefore(asked.range().to())
                    && (asked.eventTypes().isEmpty() || asked.eventTypes().contains(event.type()))) {
                totals.computeIfAbsent(asked.byType() ? event.type() : "", _ -> new TreeMap<>())
                        .merge(
                                asked.pointStart().applyAsLong(event.millis()),
                                event.measures(asked.users()),
                                Measures::plus);
            }
        }
        return totals.entrySet().stream()
                .flatMap(type -> type.getValue().entrySet().stream()
                        .map(point -> new Total(type.getKey(), point.getKey(), point.getValue())))
                .sorted(Totals.ORDER)
                .toList();
    }

    /** The offset behind the last record. */
    public long end() {
        return end;
    }
}
