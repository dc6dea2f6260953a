package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.consumer.range.RangeCutter.Start;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class PartitionOpenerTest {
    private static final Start AT_100 = new Start(100, Instant.EPOCH, 1);

    @Test
    void opensWhereTheLedgerEndsAnywhereWithinTheLog() {
        assertThat(PartitionOpener.judge(AT_100, 0, 500)).isEqualTo(new Opening.Opened(AT_100));
        assertThat(PartitionOpener.judge(AT_100, 100, 100)).isEqualTo(new Opening.Opened(AT_100));
    }

    @Test
    void refusesWhenKafkaDeletedWhatIsNotStored() {
        assertThat(PartitionOpener.judge(AT_100, 101, 500)).isInstanceOfSatisfying(Opening.Refused.class, refused -> {
            assertThat(refused.stop().reason()).isEqualTo(Stop.Reason.RECORDS_GONE);
            assertThat(refused.stop().message()).contains("1 offsets unread");
        });
    }

    @Test
    void refusesWhenTheLogEndsBeforeWhatIsStored() {
        assertThat(PartitionOpener.judge(AT_100, 0, 99)).isInstanceOfSatisfying(Opening.Refused.class, refused -> {
            assertThat(refused.stop().reason()).isEqualTo(Stop.Reason.LOG_TRUNCATED);
            assertThat(refused.stop().message()).contains("offset 100").contains("ends at 99");
        });
    }
}
