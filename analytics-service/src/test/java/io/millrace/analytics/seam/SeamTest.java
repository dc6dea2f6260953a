package io.millrace.analytics.seam;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.LogOfEvents;
import io.millrace.analytics.RandomSelection;
import io.millrace.analytics.store.StoredResult;
import io.millrace.analytics.store.StoredResults;
import io.millrace.analytics.tail.LiveTotals;
import io.millrace.analytics.tail.LogEndBoard;
import io.millrace.analytics.tail.Reach;
import io.millrace.analytics.tail.Selection;
import io.millrace.analytics.tail.TestTail;
import io.millrace.kit.eventlog.LogEnds;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Any history, any tail: the answer is the log's content below its position. */
class SeamTest {
    private static final int WINDOW = 30;
    private static final int LOG_ID = 1;

    private final LogEndBoard ends = new LogEndBoard();
    private final Seam seam = new Seam(LogOfEvents.terms(WINDOW), ends);

    static LongStream seeds() {
        long first = Long.getLong("millrace.seed", 1L);
        return LongStream.range(first, first + 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void answersAreTheContentOfTheLogBelowTheirPosition(long seed) {
        Random random = new Random(seed);
        LogOfEvents log = LogOfEvents.random(random, 200, WINDOW);
        Selection asked = RandomSelection.of(random);
        // The table may have got further than the ledger, and the ledger may have moved since S was read.
        long table = random.nextLong(log.end() + 1);
        long storedTo = random.nextLong(table + 1);
        StoredResult stored = StoredResults.of(
                log.totals(0, table, asked), LOG_ID, LogOfEvents.PARTITION, storedTo, highest(log, table, asked));
        LiveTotals live = tail(log, random).ask(seam.from(stored, LogOfEvents.PARTITION), asked);
        Reach reach = live.reaches().getOrDefault(LogOfEvents.PARTITION, Reach.NONE);
        Joined joined = seam.join(stored, live);

        long position = joined.position().nextOffsets().getOrDefault(LogOfEvents.PARTITION, -1L);
        assertThat(joined.totals())
                .as("stored to %d, table to %d, %s, position %d", storedTo, table, reach, position)
                .isEqualTo(log.totals(0, position, asked));
        assertThat(position).isGreaterThanOrEqualTo(storedTo);
        if (joined.live()) {
            assertThat(position).isGreaterThanOrEqualTo(reach.end());
        } else {
            assertThat(joined.notLive().values()).anyMatch(partitions -> partitions.contains(LogOfEvents.PARTITION));
        }
    }

    private static long highest(LogOfEvents log, long table, Selection asked) {
        long highest = -1;
        for (LogOfEvents.Counted event : log.counted()) {
            if (event.offset() < table
                    && !log.totals(event.offset(), event.offset() + 1, asked).isEmpty()) {
                highest = event.offset();
            }
        }
        return highest;
    }

    /** One that began anywhere, got anywhere, and dropped anything. */
    private static TestTail tail(LogOfEvents log, Random random) {
        TestTail tail = new TestTail(WINDOW);
        if (random.nextInt(10) > 0) {
            long countFrom = random.nextLong(log.end());
            long below = random.nextLong(log.end() + 1);
            tail.read(log, WINDOW, countFrom, below, random.nextBoolean() ? 0 : random.nextLong(log.end()));
        }
        return tail;
    }

    private Joined join(StoredResult stored, Map<Integer, Reach> reaches) {
        return seam.join(stored, new LiveTotals(List.of(), new TreeMap<>(reaches)));
    }

    @Test
    void saysWhyAPartitionIsNotLive() {
        StoredResult stored = StoredResults.of(List.of(), LOG_ID, 0, 100, -1);
        Map<Integer, Reach> reaches = new TreeMap<>();
        for (int partition = 4; partition < 12; partition++) {
            reaches.put(partition, new Reach(0, 50, 1));
        }
        reaches.put(0, new Reach(101, 200, 1));
        reaches.put(1, new Reach(10, 9, 1));
        reaches.put(2, Reach.NONE);
        assertThat(join(stored, reaches).notLive())
                .isEqualTo(Map.of(
                        NotLive.TAIL_SHORT, List.of(0),
                        NotLive.TAIL_REBUILDING, List.of(1, 2),
                        NotLive.PARTITION_MISSING, List.of(3)));
    }

    @Test
    void aTailIsBehindWhenItHasNotGotToWhereTheLogEndedTwoLooksAgo() {
        StoredResult stored = StoredResults.of(List.of(), LOG_ID, 0, 0, -1);
        Map<Integer, Reach> reaches = all(new Reach(0, 50, 1));
        look(50, 1_000);
        look(60, 2_000);
        assertThat(join(stored, reaches).notLive()).isEmpty();
        look(60, 3_000);
        assertThat(join(stored, reaches).notLive().get(NotLive.TAIL_BEHIND)).hasSize(12);
        assertThat(join(stored, all(new Reach(0, 60, 1))).notLive()).isEmpty();
    }

    @Test
    void isCompleteToWhenTheLogEndedWhereTheAnswerDoes() {
        StoredResult stored = StoredResults.of(List.of(), LOG_ID, 0, 0, -1);
        assertThat(join(stored, all(new Reach(0, 50, 700))).completeTo()).isEqualTo(Instant.ofEpochMilli(700));
        look(50, 1_000);
        look(60, 2_000);
        assertThat(join(stored, all(new Reach(0, 49, 700))).completeTo()).isEqualTo(Instant.ofEpochMilli(700));
        assertThat(join(stored, all(new Reach(0, 50, 700))).completeTo()).isEqualTo(Instant.ofEpochMilli(1_000));
        assertThat(join(stored, all(new Reach(0, 61, 2_300))).completeTo()).isEqualTo(Instant.ofEpochMilli(2_300));
        Map<Integer, Reach> one = all(new Reach(0, 60, 700));
        one.put(7, new Reach(0, 1, 3));
        assertThat(join(stored, one).completeTo()).as("the least of all").isEqualTo(Instant.ofEpochMilli(3));
    }

    @Test
    void isNotCompleteBeyondWhatAnOpenTransactionHides() {
        StoredResult stored = StoredResults.of(List.of(), LOG_ID, 0, 0, -1);
        lookWhileOneIsHidden(50, 900);
        assertThat(join(stored, all(new Reach(0, 50, 700))).completeTo()).isEqualTo(Instant.ofEpochMilli(700));
        look(50, 1_000);
        lookWhileOneIsHidden(50, 2_000);
        lookWhileOneIsHidden(50, 3_000);
        lookWhileOneIsHidden(60, 4_000);
        assertThat(join(stored, all(new Reach(0, 60, 700))).completeTo())
                .as("what was so before")
                .isEqualTo(Instant.ofEpochMilli(1_000));
        assertThat(join(stored, all(new Reach(0, 59, 700))).notLive()).isEmpty();
        lookWhileOneIsHidden(60, 5_000);
        assertThat(join(stored, all(new Reach(0, 59, 700))).notLive().get(NotLive.TAIL_BEHIND))
                .as("of what is not hidden")
                .hasSize(12);
        look(62, 6_000);
        assertThat(join(stored, all(new Reach(0, 62, 700))).completeTo()).isEqualTo(Instant.ofEpochMilli(6_000));
    }

    private static Map<Integer, Reach> all(Reach reach) {
        Map<Integer, Reach> reaches = new TreeMap<>();
        for (int partition = 0; partition < 12; partition++) {
            reaches.put(partition, reach);
        }
        return reaches;
    }

    private void look(long end, long atMillis) {
        for (int partition = 0; partition < 12; partition++) {
            ends.put(new LogEnds.End(partition, end, end, Instant.ofEpochMilli(atMillis)));
        }
    }

    /** In each partition an open transaction hides a record. */
    private void lookWhileOneIsHidden(long end, long atMillis) {
        for (int partition = 0; partition < 12; partition++) {
            ends.put(new LogEnds.End(partition, end, end + 1, Instant.ofEpochMilli(atMillis)));
        }
    }
}
