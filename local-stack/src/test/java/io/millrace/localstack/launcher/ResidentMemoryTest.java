package io.millrace.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.localstack.process.ProcessIdentity;
import org.junit.jupiter.api.Test;

class ResidentMemoryTest {
    @Test
    void thisProcessHoldsMemoryAndAnEndedOneHoldsNone() {
        assertThat(ResidentMemory.ofFamily(ProcessIdentity.self())).isBetween(8L << 20, 8L << 30);
        assertThat(ResidentMemory.ofFamily(new ProcessIdentity(1, "an-earlier-start")))
                .isZero();
    }

    @Test
    void isTextInMebibytes() {
        assertThat(ResidentMemory.text(1_610_612_736)).isEqualTo("1536 MiB");
    }
}
