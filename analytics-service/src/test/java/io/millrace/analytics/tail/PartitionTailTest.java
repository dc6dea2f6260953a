package io.millrace.analytics.tail;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.LogOfEvents;
import io.millrace.analytics.RandomSelection;
import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.log.EventRecords;
import io.millrace.log.EventTopic;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.internals.RecordHeader;
import org.apache.kafka.common.record.TimestampType;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A tail at any moment against going through its log. */
class PartitionTailTest {
    private static final int WINDOW = 40;
    private static final int RECORDS = 400;

    static LongStream seeds() {
        long first = Long.getLong("millrace.seed", 1L);
        return LongStream.range(first, first + 60);
    }

    /** What the tail says must be what the log has between the offset asked for and the end it gives. */
    private static void isRight(LogOfEvents log, PartitionTail tail, Random random) {
        for (int i = 0; i < 4; i++) {
            Selection asked = RandomSelection.of(random);
            long from = random.nextLong(log.end() + 1);
            TailTotals totals = new TailTotals(asked);
            Reach reach = tail.addFrom(from, asked, totals);
            assertThat(totals.totals())
                    .as("from %d of %s", from, reach)
                    .isEqualTo(reach.holdsFrom(from) ? log.totals(from, reach.end(), asked) : List.of());
        }
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void countsWhatTheLogHas(long seed) {
        Random random = new Random(seed);
        LogOfEvents log = LogOfEvents.random(random, RECORDS, WINDOW);
        long countFrom = random.nextLong(log.end());
        PartitionTail tail = new PartitionTail(LogOfEvents.terms(WINDOW), LogOfEvents.USER_HASH);
        tail.begin(Math.max(0, countFrom - WINDOW), countFrom);
        for (ConsumerRecord<byte[], byte[]> record : log.records()) {
            tail.readBack(record);
            if (random.nextInt(40) == 0) {
                tail.dropBelow(random.nextLong(record.offset() + 10));
            }
            if (random.nextInt(20) == 0) {
                isRight(log, tail, random);
            }
        }
        isRight(log, tail, random);
        assertThat(tail.reach().end()).isEqualTo(log.end());
    }

    /**
     * Two read the same log in any interleaving: one from the beginning of the window on, which also learns of offsets
     * without records, the other from anywhere on. Neither order may lose or double a record, and in the end the second
     * alone carries on.
     */
    @ParameterizedTest
    @MethodSource("seeds")
    void nothingIsLostBetweenReadingBackAndFollowing(long seed) {
        Random random = new Random(seed);
        LogOfEvents log = LogOfEvents.random(random, RECORDS, WINDOW);
        List<ConsumerRecord<byte[], byte[]>> records = log.records();
        PartitionTail tail = new PartitionTail(LogOfEvents.terms(WINDOW), LogOfEvents.USER_HASH);
        int back = 0;
        int ahead = random.nextInt(records.size() / 2);
        int begun = random.nextInt(100);
        int pace = 1 + random.nextInt(9);
        for (int step = 0; ahead < records.size(); step++) {
            if (step == begun) {
                long countFrom = random.nextLong(records.get(records.size() / 2).offset());
                tail.begin(0, countFrom);
            }
            if (step > begun && random.nextInt(10) < pace && !tail.isFollowed() && back < records.size()) {
                tail.readBack(records.get(back++));
                tail.readBackTo(back < records.size() ? records.get(back).offset() : log.end());
            } else {
                tail.follow(records.get(ahead++));
            }
            if (tail.isFollowed() && random.nextInt(50) == 0 && tail.unfollow()) {
                // Taken up again where the tail ends.
                long end = tail.reach().end();
                back = (int)
                        records.stream().filter(record -> record.offset() < end).count();
            }
            if (random.nextInt(20) == 0) {
                isRight(log, tail, random);
            }
        }
        while (!tail.isFollowed() && back < records.size()) {
            tail.readBack(records.get(back++));
        }
        isRight(log, tail, random);
        assertThat(tail.reach().end()).isEqualTo(log.end());
    }

    private static ConsumerRecord<byte[], byte[]> record(long offset) {
        var sent = EventRecords.of(
                EventTopic.NAME,
                LogOfEvents.TENANTS.getFirst(),
                Event.ofType("click").withId(EventId.of("id-" + offset)));
        return new ConsumerRecord<>(
                EventTopic.NAME,
                LogOfEvents.PARTITION,
                offset,
                LogOfEvents.NOW.toEpochMilli(),
                TimestampType.LOG_APPEND_TIME,
                0,
                0,
                sent.key(),
                sent.value(),
                sent.headers(),
                Optional.empty());
    }

    @Test
    void followsOnceTheTopologyDeliversWhatReadingBackHasPassed() {
        PartitionTail tail = new PartitionTail(LogOfEvents.terms(WINDOW), LogOfEvents.USER_HASH);
        tail.begin(0, 0);
        tail.follow(record(3));
        assertThat(tail.isFollowed()).as("what lies before 3 was not read").isFalse();
        for (long offset = 0; offset <= 2; offset++) {
            tail.readBack(record(offset));
        }
        tail.follow(record(4));
        assertThat(tail.isFollowed()).as("3 was not read back").isFalse();
        tail.readBack(record(3));
        tail.readBack(record(4));
        tail.follow(record(7));
        assertThat(tail.isFollowed()).as("between 4 and 7 there is nothing").isTrue();
        assertThat(tail.reach().end()).isEqualTo(8);
        tail.follow(record(4));
        tail.follow(record(7));
        assertThat(tail.reach().end()).as("delivered again").isEqualTo(8);
        tail.follow(record(8));
        assertThat(tail.reach().end()).isEqualTo(9);
    }

    @Test
    void startsAnewBehindAnEventThatNobodyCanJudge() {
        PartitionTail tail = new PartitionTail(LogOfEvents.terms(WINDOW), LogOfEvents.USER_HASH);
        tail.begin(10, 10);
        tail.beginsUnknown(LogOfEvents.NOW.toEpochMilli());
        tail.readBack(record(10));
        tail.readBack(record(11));
        assertThat(tail.reach()).isEqualTo(new Reach(12, 12, LogOfEvents.NOW.toEpochMilli()));
        tail.readBack(record(10 + WINDOW));
        assertThat(tail.reach().floor()).isEqualTo(12);
        assertThat(tail.reach().holdsFrom(12)).isTrue();
        assertThat(tail.reach().holdsFrom(11)).isFalse();
    }

    @Test
    void stopsAtARecordOfANewerVersion() {
        PartitionTail tail = new PartitionTail(LogOfEvents.terms(WINDOW), LogOfEvents.USER_HASH);
        tail.begin(0, 0);
        tail.readBack(record(0));
        ConsumerRecord<byte[], byte[]> newer = record(1);
        newer.headers().add(new RecordHeader(EventTopic.WIRE_VERSION_HEADER, "2".getBytes(StandardCharsets.UTF_8)));
        tail.readBack(newer);
        tail.readBack(record(2));
        tail.readBackTo(3);
        tail.follow(record(3));
        assertThat(tail.reach().end()).isEqualTo(1);
    }

    @Test
    void holdsNothingBeforeItHasBegun() {
        PartitionTail tail = new PartitionTail(LogOfEvents.terms(WINDOW), LogOfEvents.USER_HASH);
        tail.follow(record(0));
        tail.dropBelow(1);
        assertThat(tail.reach()).isEqualTo(Reach.NONE);
        assertThat(tail.reach().holdsFrom(0)).isFalse();
    }

    @Test
    void givesBackTheMemoryOfWhatItDrops() {
        PartitionTail tail = new PartitionTail(LogOfEvents.terms(WINDOW), LogOfEvents.USER_HASH);
        tail.begin(0, 0);
        for (long offset = 0; offset < 10_000; offset++) {
            tail.readBack(record(offset));
        }
        long full = tail.bytes();
        assertThat(full).isBetween(160_000L, 300_000L);
        tail.dropBelow(9_000);
        assertThat(tail.bytes()).isLessThan(full / 5);
        tail.dropBelow(20_000);
        assertThat(tail.bytes()).isZero();
    }
}
