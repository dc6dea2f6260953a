package io.millrace.consumer.partition;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MemorySharesTest {
    @Test
    void sharesOfMemoryAreEqualAndNeverNothing() {
        MemoryShares memory = new MemoryShares(100);
        assertThat(memory.shareBytes()).isEqualTo(100);
        memory.own(3);
        assertThat(memory.shareBytes()).isEqualTo(33);
        memory.own(1_000);
        assertThat(memory.shareBytes()).isEqualTo(1);
        memory.hold("one", 5, 7);
        memory.hold("two", 6, 7);
        memory.hold("one", 7, 7);
        assertThat(memory.heldBytes()).isEqualTo(13);
        assertThat(memory.windowBytes()).isEqualTo(14);
    }
}
