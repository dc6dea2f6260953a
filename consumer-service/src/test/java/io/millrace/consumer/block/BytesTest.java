package io.millrace.consumer.block;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BytesTest {
    @Test
    void holdsWhatWasPutHoweverItFallsIntoPieces() throws IOException {
        Random random = new Random(1);
        for (int round = 0; round < 20; round++) {
            Bytes bytes = new Bytes();
            ByteBuffer expected = ByteBuffer.allocate(1 << 20).order(ByteOrder.LITTLE_ENDIAN);
            while (expected.position() < random.nextInt(400_000)) {
                putSomething(random, bytes, expected);
            }
            assertThat(bytes.size()).isEqualTo(expected.position());
            byte[] content = new byte[expected.position()];
            expected.flip().get(content);
            assertThat(written(bytes)).isEqualTo(content);
        }
    }

    @ParameterizedTest
    @CsvSource({"0, 00", "127, 7F", "128, 8001", "300, AC02", "2147483647, FFFFFFFF07"})
    void lengthsAreVariable(int length, String hex) throws IOException {
        Bytes bytes = new Bytes();
        bytes.putLength(length);
        assertThat(written(bytes)).asHexString().isEqualTo(hex);
    }

    @ParameterizedTest
    @CsvSource({"1, 2, 255", "1, 4, 255", "2, 4, 65535"})
    void widenedNumbersAreTheSame(int width, int newWidth, int largest) throws IOException {
        Bytes narrow = new Bytes();
        Bytes wide = new Bytes();
        for (int i = 0; i < 100_000; i++) {
            int number = (i * 31) & largest;
            narrow.putNumber(number, width);
            wide.putNumber(number, newWidth);
        }
        assertThat(written(narrow.widened(width, newWidth))).isEqualTo(written(wide));
    }

    private static void putSomething(Random random, Bytes bytes, ByteBuffer expected) {
        switch (random.nextInt(5)) {
            case 0 -> {
                byte value = (byte) random.nextInt();
                bytes.putByte(value);
                expected.put(value);
            }
            case 1 -> {
                short value = (short) random.nextInt();
                bytes.putShort(value);
                expected.putShort(value);
            }
            case 2 -> {
                int value = random.nextInt();
                bytes.putInt(value);
                expected.putInt(value);
            }
            case 3 -> {
                long value = random.nextLong();
                bytes.putLong(value);
                expected.putLong(value);
            }
            default -> {
                byte[] value = new byte[random.nextInt(2_000)];
                random.nextBytes(value);
                bytes.put(value, 0, value.length);
                expected.put(value);
            }
        }
    }

    static byte[] written(Bytes bytes) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        bytes.writeTo(out);
        return out.toByteArray();
    }
}
