package io.millrace.retention.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class PolicyTest {
    @Test
    void keepsOneDayToAHundredYears() {
        assertThat(new Policy(DataSet.EVENTS, 1, Instant.EPOCH).keepDays()).isEqualTo(1);
        assertThat(new Policy(DataSet.EVENTS, 36_500, Instant.EPOCH).keepDays()).isEqualTo(36_500);
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(DataSet.EVENTS, 0, Instant.EPOCH));
        assertThatIllegalArgumentException().isThrownBy(() -> new Policy(DataSet.EVENTS, 36_501, Instant.EPOCH));
    }

    @Test
    void dataSetsHaveTheNamesOfTheirTables() {
        assertThat(DataSet.of("events_per_minute")).contains(DataSet.EVENTS_PER_MINUTE);
        assertThat(DataSet.of("EVENTS")).isEmpty();
        assertThat(DataSet.of("ledger")).isEmpty();
    }
}
