package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.consumer.store.Intent;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class PartitionOpeningTest {
    @Test
    void opensWhereTheLedgerEndsAnywhereWithinTheLog() {
        assertThat(PartitionOpening.gap(100, 0, 500)).isEmpty();
        assertThat(PartitionOpening.gap(100, 100, 100)).isEmpty();
    }

    @Test
    void refusesWhenKafkaDeletedWhatIsNotStored() {
        assertThat(PartitionOpening.gap(100, 101, 500)).hasValueSatisfying(stop -> {
            assertThat(stop.reason()).isEqualTo(Stop.Reason.RECORDS_GONE);
            assertThat(stop.message()).contains("1 offsets unread");
        });
    }

    @Test
    void waitsForWhateverIsNotInTheLedgerForSure() {
        Instant deadline = Instant.ofEpochSecond(1_000);
        assertThat(PartitionOpening.unfinished(Optional.empty(), 100)).isEmpty();
        assertThat(PartitionOpening.unfinished(Optional.of(new Intent(50, 100, 1, deadline, 0)), 100))
                .as("a ledger row is written last")
                .isEmpty();
        assertThat(PartitionOpening.unfinished(Optional.of(new Intent(50, 100, 1, deadline, 1)), 100))
                .as("it was being stored again")
                .hasValue(deadline);
        assertThat(PartitionOpening.unfinished(Optional.of(new Intent(100, 150, 1, deadline, 0)), 100))
                .hasValue(deadline);
        assertThat(PartitionOpening.unfinished(Optional.of(new Intent(150, 200, 1, deadline, 0)), 100))
                .as("ClickHouse has lost the ledger row before it")
                .hasValue(deadline);
    }

    @Test
    void refusesWhenTheLogEndsBeforeWhatIsStored() {
        assertThat(PartitionOpening.gap(100, 0, 99)).hasValueSatisfying(stop -> {
            assertThat(stop.reason()).isEqualTo(Stop.Reason.LOG_TRUNCATED);
            assertThat(stop.message()).contains("offset 100").contains("ends at 99");
        });
    }
}
