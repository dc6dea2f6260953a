package io.millrace.consumer.store;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.consumer.block.NativeBlock;
import io.millrace.consumer.block.NumberColumn;
import io.millrace.consumer.block.UuidColumn;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import java.util.UUID;
import net.jpountz.lz4.LZ4FrameInputStream;
import org.junit.jupiter.api.Test;

class InsertBodyTest {
    @Test
    void frameIsSmallAndHoldsTheBlock() throws IOException {
        NativeBlock block = new NativeBlock();
        NumberColumn numbers = block.longs("n", "Int64");
        for (int i = 0; i < 100_000; i++) {
            numbers.add(i / 100);
            block.endRow();
        }
        byte[] plain = written(InsertBody.NONE, block);
        byte[] frame = written(InsertBody.LZ4, block);
        assertThat(frame).hasSizeLessThan(plain.length / 5);
        assertThat(unpacked(frame)).isEqualTo(plain);
    }

    @Test
    void blockThatDoesNotShrinkIsSentAllTheSame() throws IOException {
        Random random = new Random(1);
        NativeBlock block = new NativeBlock();
        UuidColumn ids = block.uuids("id");
        for (int i = 0; i < 50_000; i++) {
            UUID id = new UUID(random.nextLong(), random.nextLong());
            ids.add(id.getMostSignificantBits(), id.getLeastSignificantBits());
            block.endRow();
        }
        assertThat(unpacked(written(InsertBody.LZ4, block))).isEqualTo(written(InsertBody.NONE, block));
    }

    private static byte[] written(InsertBody body, NativeBlock block) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        body.write(block, out);
        return out.toByteArray();
    }

    private static byte[] unpacked(byte[] frame) throws IOException {
        try (LZ4FrameInputStream in = new LZ4FrameInputStream(new ByteArrayInputStream(frame))) {
            return in.readAllBytes();
        }
    }
}
