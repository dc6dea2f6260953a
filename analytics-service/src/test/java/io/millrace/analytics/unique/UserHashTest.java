package io.millrace.analytics.unique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.millrace.kit.installation.UniqueHashKeys;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class UserHashTest {
    /** The key of the paper's test vectors: bytes 0 to 15. */
    private static final UserHash HASH = new UserHash(new UniqueHashKeys(0x0706050403020100L, 0x0f0e0d0c0b0a0908L));

    @Test
    void hashIsThatOfThePaper() {
        // Appendix A of the paper, and the first of the vectors its authors publish.
        assertThat(HASH.of(upTo(15), 0, 15)).isEqualTo(0xa129ca6149be45e5L);
        assertThat(HASH.of(new byte[0], 0, 0)).isEqualTo(0x726fdb47dd0e0e31L);
    }

    @Test
    void onlyTheRangeCounts() {
        byte[] around = new byte[40];
        for (int length = 0; length < 20; length++) {
            for (int offset = 0; offset < 20; offset++) {
                Arrays.fill(around, (byte) 0xaa);
                System.arraycopy(upTo(length), 0, around, offset, length);
                assertThat(HASH.of(around, offset, length)).isEqualTo(HASH.of(upTo(length), 0, length));
            }
        }
    }

    @Test
    void refusesRangesOutsideTheArray() {
        byte[] bytes = new byte[8];
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> HASH.of(bytes, 1, 8));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> HASH.of(bytes, -1, 1));
        assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> HASH.of(bytes, 0, -1));
    }

    private static byte[] upTo(int length) {
        byte[] bytes = new byte[length];
        for (int i = 0; i < length; i++) {
            bytes[i] = (byte) i;
        }
        return bytes;
    }
}
