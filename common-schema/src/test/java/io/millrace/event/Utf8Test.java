package io.millrace.event;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.ByteString;
import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Beside Protobuf's strict decoder. */
class Utf8Test {

    @Test
    void sequencesAreWhatTheStrictDecoderTakes() {
        byte[] bytes = new byte[4];
        for (int first = 0; first < 256; first++) {
            for (int second = 0; second < 256; second++) {
                for (int third : new int[] {0, 0x7F, 0x80, 0xBF, 0xC0, 0xFF}) {
                    bytes[0] = (byte) first;
                    bytes[1] = (byte) second;
                    bytes[2] = (byte) third;
                    bytes[3] = (byte) 0x80;
                    for (int length = 1; length <= 4; length++) {
                        assertSame(bytes, 0, length);
                    }
                }
            }
        }
    }

    @Test
    void oneByteIsFoundWhereverItStandsInALongText() {
        for (int length = 1; length <= 80; length++) {
            for (int place = 0; place < length; place++) {
                byte[] bytes = new byte[length + 2];
                Arrays.fill(bytes, (byte) 'a');
                // Beyond both ends of what is looked at, and so of no concern.
                bytes[0] = (byte) 0xFF;
                bytes[length + 1] = (byte) 0xFF;
                assertSame(bytes, 1, length);
                bytes[1 + place] = (byte) 0xC3;
                assertSame(bytes, 1, length);
                bytes[2 + place] = (byte) 0xA9;
                assertSame(bytes, 1, length);
            }
        }
    }

    private static void assertSame(byte[] bytes, int from, int length) {
        assertThat(Utf8.isValid(bytes, from, from + length))
                .as(() -> HexFormat.of().formatHex(bytes, from, from + length))
                .isEqualTo(ByteString.copyFrom(bytes, from, length).isValidUtf8());
    }
}
