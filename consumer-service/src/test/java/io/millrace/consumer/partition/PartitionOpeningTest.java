package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;

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
    void refusesWhenTheLogEndsBeforeWhatIsStored() {
        assertThat(PartitionOpening.gap(100, 0, 99)).hasValueSatisfying(stop -> {
            assertThat(stop.reason()).isEqualTo(Stop.Reason.LOG_TRUNCATED);
            assertThat(stop.message()).contains("offset 100").contains("ends at 99");
        });
    }
}
