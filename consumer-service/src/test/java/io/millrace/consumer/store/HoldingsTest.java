package io.millrace.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.consumer.range.LedgerEntry;
import io.millrace.consumer.range.LogPartition;
import io.millrace.consumer.store.EventTable.Target;
import io.millrace.consumer.store.Holdings.Table;
import io.millrace.consumer.store.Holdings.Verdict;
import java.time.Instant;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A range of offsets 100 to 110 with 8 rows, behind 50 rows of the same day up to offset 99. */
class HoldingsTest {
    private static final Instant NOON = Instant.parse("2026-11-20T12:00:00Z");
    private static final LedgerEntry RANGE = range(8);
    private static final Table BEFORE = new Table(50, 99);
    private static final Table WITH = new Table(58, 109);

    @Test
    void wholeWhenEveryTableHasIt() {
        assertThat(judge(8, WITH, WITH, WITH)).isEqualTo(new Verdict.Whole());
    }

    @Test
    void shortAreExactlyTheTablesThatLackIt() {
        assertThat(judge(0, BEFORE, BEFORE, BEFORE)).isEqualTo(lacking(Target.EVENTS, Target.MINUTE, Target.HOUR));
        assertThat(judge(0, BEFORE, WITH, WITH)).isEqualTo(lacking(Target.EVENTS));
        assertThat(judge(8, WITH, BEFORE, WITH)).isEqualTo(lacking(Target.MINUTE));
        assertThat(judge(8, WITH, WITH, BEFORE)).isEqualTo(lacking(Target.HOUR));
        assertThat(judge(8, WITH, BEFORE, BEFORE)).isEqualTo(lacking(Target.MINUTE, Target.HOUR));
    }

    @Test
    void firstRangeOfADayIsShortInEmptyTables() {
        Table none = new Table(0, 0);
        assertThat(new Holdings(0, 0, none, none, none).judge(RANGE))
                .isEqualTo(lacking(Target.EVENTS, Target.MINUTE, Target.HOUR));
    }

    @Test
    void rangeWithoutEventsIsWholeBehindWholeTables() {
        assertThat(new Holdings(50, 0, BEFORE, BEFORE, BEFORE).judge(range(0))).isEqualTo(new Verdict.Whole());
    }

    @Test
    void nothingElseIsExplained() {
        assertUnexplained(judge(5, new Table(55, 105), WITH, WITH), "5 of its 8 rows");
        assertUnexplained(judge(16, new Table(66, 109), WITH, WITH), "16 of its 8 rows");
        assertUnexplained(judge(8, new Table(58, 110), WITH, WITH), "goes on to offset 110");
        assertUnexplained(judge(8, new Table(57, 109), WITH, WITH), "49 rows of that day before it, the ledger 50");
        assertUnexplained(judge(8, WITH, new Table(55, 105), WITH), "events_per_minute has 55 rows up to offset 105");
        assertUnexplained(judge(8, WITH, WITH, new Table(66, 109)), "events_per_hour has 66 rows");
        assertUnexplained(judge(8, WITH, WITH, new Table(58, 110)), "events_per_hour has 58 rows up to offset 110");
        assertUnexplained(judge(0, BEFORE, new Table(49, 98), BEFORE), "events_per_minute has 49 rows");
    }

    private static Verdict judge(long within, Table events, Table minute, Table hour) {
        return new Holdings(50, within, events, minute, hour).judge(RANGE);
    }

    private static Verdict lacking(Target... targets) {
        return new Verdict.Lacking(Set.of(targets));
    }

    private static void assertUnexplained(Verdict verdict, String message) {
        assertThat(verdict)
                .isInstanceOfSatisfying(
                        Verdict.Unexplained.class,
                        unexplained -> assertThat(unexplained.message())
                                .contains(message)
                                .contains("1-5-100-110")
                                .contains("2026-11-20"));
    }

    private static LedgerEntry range(int stored) {
        return new LedgerEntry(
                new LogPartition(1, 5),
                100,
                110,
                new LedgerEntry.Counts(stored, 0, 0, 10 - stored),
                NOON,
                NOON,
                LedgerEntry.EPOCH_UNKNOWN);
    }
}
