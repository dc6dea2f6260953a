package io.millrace.prove.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

final class CopiesTest {
    private static final byte[] KEY = {1, 0, -1};
    private static final byte[] OTHER = {1, 0, -2};
    private static final long DAY_MILLIS = Duration.ofHours(24).toMillis();

    private final Copies copies = new Copies();

    @Test
    void firstOfAKeyIsNoDuplicate() {
        assertThat(copies.isDuplicate(KEY, 0, 0)).isFalse();
        assertThat(copies.isDuplicate(OTHER, 1, 0)).isFalse();
        assertThat(copies.isDuplicate(KEY, 2, 0)).isTrue();
    }

    @Test
    void windowEndsAfterItsOffsets() {
        copies.isDuplicate(KEY, 0, 0);
        copies.isDuplicate(OTHER, 0, 0);

        assertThat(copies.isDuplicate(KEY, 1_000_000, 0)).isTrue();
        assertThat(copies.isDuplicate(OTHER, 1_000_001, 0)).isFalse();
    }

    @Test
    void windowEndsAfterItsTime() {
        copies.isDuplicate(KEY, 0, 0);
        copies.isDuplicate(OTHER, 0, 0);

        assertThat(copies.isDuplicate(KEY, 1, DAY_MILLIS)).isTrue();
        assertThat(copies.isDuplicate(OTHER, 1, DAY_MILLIS + 1)).isFalse();
    }

    @Test
    void duplicateIsAnOccurrenceForTheNextOne() {
        copies.isDuplicate(KEY, 0, 0);
        copies.isDuplicate(KEY, 900_000, 0);

        assertThat(copies.isDuplicate(KEY, 1_800_000, 0)).isTrue();
    }
}
