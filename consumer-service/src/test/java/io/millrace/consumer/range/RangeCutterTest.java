package io.millrace.consumer.range;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.consumer.range.RangeCutter.Moment;
import io.millrace.log.Fate;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;

class RangeCutterTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final Instant MIDNIGHT = Instant.parse("2026-11-21T00:00:00Z");
    private static final Instant BEFORE = Instant.parse("2026-11-19T08:00:00Z");
    private static final RangeLimits WIDE = new RangeLimits(1_000, 1 << 20, Duration.ofSeconds(1));

    private final RangeCutter cutter =
            new RangeCutter(Records.PARTITION, new RangeCutter.Start(100, BEFORE, 2), RangeCutter.NOT_PINNED);

    @Test
    void rangeAccountsForEventsDeadLettersAndOffsetsWithoutRecords() {
        add(Records.event(100, NOON));
        add(Records.nobodys(101, NOON.plusMillis(5)));
        add(Records.event(105, NOON.plusMillis(2)));
        cutter.advanceTo(107, WIDE, 0);

        Range range = cutter.cut().orElseThrow();
        assertThat(range.entry())
                .isEqualTo(new LedgerEntry(
                        Records.PARTITION, 100, 107, new LedgerEntry.Counts(2, 0, 1, 4), NOON, NOON.plusMillis(5), 3));
        assertThat(range.events().lastOffset()).isEqualTo(105);
        assertThat(range.deadLetters().countsByReason()).containsExactly(java.util.Map.entry("tenant_missing", 1));
        assertThat(range.entry()).hasToString("1-5-100-107");
        assertThat(cutter.nextOffset()).isEqualTo(107);
    }

    @Test
    void furtherCopiesAreCountedAndNotStored() {
        add(Records.event(100, NOON));
        for (int offset = 101; offset < 104; offset++) {
            cutter.add(Records.event(offset, NOON.plusMillis(offset)), new Fate.Duplicate(), WIDE, at(0));
        }
        Range range = cutter.cut().orElseThrow();
        assertThat(range.entry().counts()).isEqualTo(new LedgerEntry.Counts(1, 3, 0, 0));
        assertThat(range.entry().receivedTo()).isEqualTo(NOON.plusMillis(103));
        assertThat(range.events().lastOffset()).isEqualTo(100);
    }

    @Test
    void cutsWhereTheUtcDayOfReceiptChanges() {
        assertThat(add(Records.event(100, MIDNIGHT.minusMillis(1)))).isEmpty();
        Range first = add(Records.event(103, MIDNIGHT)).orElseThrow();
        Range second = cutter.cut().orElseThrow();

        assertThat(first.entry().receivedDay()).isEqualTo(LocalDate.of(2026, 11, 20));
        assertThat(first.entry().endOffset()).isEqualTo(101);
        assertThat(second.entry().receivedDay()).isEqualTo(LocalDate.of(2026, 11, 21));
        assertThat(second.entry().startOffset()).isEqualTo(101);
        assertThat(second.entry().counts()).isEqualTo(new LedgerEntry.Counts(1, 0, 0, 2));
    }

    @Test
    void cutsWhereAClockWentBackOverMidnight() {
        add(Records.event(100, MIDNIGHT));
        assertThat(add(Records.event(101, MIDNIGHT.minusMillis(1)))).isPresent();
    }

    @Test
    void deadLettersCutAtMidnightToo() {
        add(Records.nobodys(100, MIDNIGHT.minusMillis(1)));
        assertThat(add(Records.nobodys(101, MIDNIGHT))).isPresent();
    }

    @Test
    void pinnedRangeEndsWhereItsFirstOwnerCutItWhateverTheLimits() {
        RangeCutter pinned = new RangeCutter(Records.PARTITION, new RangeCutter.Start(100, BEFORE, 2), 104);
        RangeLimits one = new RangeLimits(1, 1, Duration.ZERO);
        for (int offset = 100; offset < 103; offset++) {
            assertThat(pinned.add(Records.event(offset, NOON), Records.fate(Records.event(offset, NOON)), one, at(0)))
                    .isEmpty();
            assertThat(pinned.cutIfFull(one)).isEmpty();
            assertThat(pinned.cutIfDue(one, 1)).isEmpty();
            assertThat(pinned.cut()).as("half of it is nothing to store").isEmpty();
            assertThat(pinned.isPinned()).isTrue();
        }
        Range range = pinned.add(Records.event(106, NOON), Records.fate(Records.event(106, NOON)), one, at(0))
                .orElseThrow();
        assertThat(range.entry()).hasToString("1-5-100-104");
        assertThat(range.entry().counts()).isEqualTo(new LedgerEntry.Counts(3, 0, 0, 1));
        assertThat(pinned.isPinned()).isFalse();
        assertThat(pinned.cutIfFull(one).orElseThrow().entry()).hasToString("1-5-104-107");
    }

    @Test
    void pinnedRangeIsCutOnceItsLastOffsetsAreSeenToHoldNoRecords() {
        RangeCutter pinned = new RangeCutter(Records.PARTITION, new RangeCutter.Start(100, BEFORE, 2), 104);
        pinned.add(Records.event(100, NOON), Records.fate(Records.event(100, NOON)), WIDE, at(0));
        pinned.advanceTo(110, WIDE, 0);
        assertThat(pinned.nextOffset()).isEqualTo(104);
        assertThat(pinned.cutIfDue(WIDE, 0).orElseThrow().entry()).hasToString("1-5-100-104");
        pinned.advanceTo(110, WIDE, 0);
        assertThat(pinned.cut().orElseThrow().entry()).hasToString("1-5-104-110");
    }

    @Test
    void pinnedRangeTakesNoRecordOfAnotherDay() {
        RangeCutter pinned = new RangeCutter(Records.PARTITION, new RangeCutter.Start(100, BEFORE, 2), 104);
        assertThat(pinned.takes(Records.event(100, NOON))).isTrue();
        pinned.add(Records.event(100, NOON), Records.fate(Records.event(100, NOON)), WIDE, at(0));
        assertThat(pinned.takes(Records.event(103, MIDNIGHT))).isFalse();
        assertThat(pinned.takes(Records.event(104, MIDNIGHT)))
                .as("is behind it")
                .isTrue();
    }

    @Test
    void hasAsManyRowsAsAllowedAndNotOneMore() {
        RangeLimits three = new RangeLimits(3, 1 << 20, Duration.ofSeconds(1));
        for (int i = 0; i < 3; i++) {
            assertThat(cutter.add(
                            Records.event(100 + i, NOON), Records.fate(Records.event(100 + i, NOON)), three, at(0)))
                    .isEmpty();
        }
        Range full = cutter.add(Records.nobodys(103, NOON), Records.fate(Records.nobodys(103, NOON)), three, at(0))
                .orElseThrow();
        assertThat(full.entry().counts().stored()).isEqualTo(3);
        assertThat(cutter.cut().orElseThrow().entry().startOffset()).isEqualTo(103);
    }

    @Test
    void isCutWhenItHasReachedItsBytes() {
        add(Records.event(100, NOON));
        long oneRow = cutter.openBytes();
        RangeLimits exactly = new RangeLimits(1_000, oneRow, Duration.ofSeconds(1));
        RangeLimits oneMore = new RangeLimits(1_000, oneRow + 1, Duration.ofSeconds(1));
        assertThat(cutter.cutIfDue(oneMore, 0)).isEmpty();
        assertThat(cutter.cutIfDue(exactly, 0)).isPresent();
    }

    @Test
    void isCutAtItsPartitionsMomentAndNotBefore() {
        long opened = Duration.ofDays(3).toNanos();
        cutter.add(Records.event(100, NOON), Records.fate(Records.event(100, NOON)), WIDE, at(opened));
        long due = WIDE.agesFrom(Records.PARTITION.partition(), opened)
                + Duration.ofSeconds(1).toNanos();
        assertThat(cutter.cutIfDue(WIDE, due - 1)).isEmpty();
        assertThat(cutter.cutIfDue(WIDE, due)).isPresent();
        assertThat(cutter.cutIfDue(WIDE, due)).isEmpty();
    }

    @Test
    void rangeWithoutRecordsLiesWhereTheOneBeforeItEnded() {
        cutter.advanceTo(103, WIDE, 0);
        LedgerEntry first = cutter.cut().orElseThrow().entry();
        assertThat(first.counts()).isEqualTo(new LedgerEntry.Counts(0, 0, 0, 3));
        assertThat(first.receivedFrom()).isEqualTo(BEFORE);
        assertThat(first.leaderEpoch()).isEqualTo(2);

        add(Records.event(103, NOON, 7));
        add(Records.event(104, NOON.minusMillis(4), 7));
        assertThat(cutter.cut()).isPresent();
        cutter.advanceTo(106, WIDE, 0);
        LedgerEntry last = cutter.cut().orElseThrow().entry();
        assertThat(last.receivedTo()).isEqualTo(NOON);
        assertThat(last.leaderEpoch()).isEqualTo(7);
    }

    @Test
    void nothingIsCutFromNothing() {
        assertThat(cutter.cut()).isEmpty();
        cutter.advanceTo(100, WIDE, 0);
        assertThat(cutter.cut()).isEmpty();
        assertThat(cutter.cutIfDue(WIDE, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void refusesAnOffsetItHasSeen() {
        add(Records.event(100, NOON));
        assertThatThrownBy(() -> add(Records.event(100, NOON))).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void refusesARecordOfWhichNobodyKnowsWhatItIs() {
        assertThatThrownBy(() -> cutter.add(Records.event(100, NOON), new Fate.Unjudgeable(), WIDE, at(0)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> cutter.add(Records.event(100, NOON), new Fate.UnknownVersion("2"), WIDE, at(0)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void rangesMeetWhateverTheLogHolds() {
        for (long seed = 0; seed < 200; seed++) {
            Random random = new Random(seed);
            RangeCutter fuzzed =
                    new RangeCutter(Records.PARTITION, new RangeCutter.Start(0, BEFORE, -1), RangeCutter.NOT_PINNED);
            RangeLimits limits =
                    new RangeLimits(1 + random.nextInt(10), 1 + random.nextInt(5_000), Duration.ofNanos(50));
            List<Range> ranges = new ArrayList<>();
            long offset = 0;
            Instant received = MIDNIGHT.minusSeconds(50);
            long records = 0;
            for (long now = 0; now < 100; now++) {
                switch (random.nextInt(4)) {
                    case 0 -> fuzzed.advanceTo(offset += random.nextInt(4), limits, now);
                    case 1 -> fuzzed.cutIfDue(limits, now).ifPresent(ranges::add);
                    default -> {
                        received = received.plusMillis(random.nextInt(2_000));
                        offset += random.nextInt(3);
                        ConsumerRecord<byte[], byte[]> record = random.nextInt(5) == 0
                                ? Records.nobodys(offset, received)
                                : Records.event(offset, received);
                        offset++;
                        records++;
                        fuzzed.add(record, Records.fate(record), limits, at(now))
                                .ifPresent(ranges::add);
                    }
                }
            }
            fuzzed.cut().ifPresent(ranges::add);
            assertMeet(ranges, offset, records, limits);
        }
    }

    private static void assertMeet(List<Range> ranges, long end, long records, RangeLimits limits) {
        long next = 0;
        long counted = 0;
        for (Range range : ranges) {
            LedgerEntry entry = range.entry();
            assertThat(entry.startOffset()).isEqualTo(next);
            next = entry.endOffset();
            counted += entry.counts().stored() + entry.counts().deadLettered();
            assertThat(entry.counts().stored() + entry.counts().deadLettered()).isLessThanOrEqualTo(limits.rowsMax());
        }
        assertThat(next).isEqualTo(end);
        assertThat(counted).isEqualTo(records);
    }

    private Optional<Range> add(ConsumerRecord<byte[], byte[]> record) {
        return cutter.add(record, Records.fate(record), WIDE, at(0));
    }

    private static Moment at(long nanos) {
        return new Moment(NOON, nanos);
    }
}
