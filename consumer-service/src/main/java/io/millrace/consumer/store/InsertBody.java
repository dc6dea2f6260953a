package io.millrace.consumer.store;

import com.clickhouse.client.api.insert.InsertSettings;
import io.millrace.consumer.block.NativeBlock;
import java.io.IOException;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;
import net.jpountz.xxhash.XXHashFactory;

/** How the body of an insert crosses the network. */
public enum InsertBody {
    NONE {
        @Override
        void write(NativeBlock block, OutputStream out) throws IOException {
            block.writeTo(out);
        }
    },

    /** An LZ4 frame, as HTTP's content encoding: a third of the bytes. */
    LZ4 {
        // The client library's own compression fails on blocks that do not shrink, such as random UUIDs.
        @Override
        InsertSettings declaredIn(InsertSettings settings) {
            return settings.appCompressedData(true, "lz4");
        }

        @Override
        void write(NativeBlock block, OutputStream out) throws IOException {
            try (OutputStream frame = new LZ4FrameOutputStream(
                    out,
                    LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB,
                    UNKNOWN_SIZE,
                    Lz4.FACTORY.fastCompressor(),
                    XXHashFactory.fastestInstance().hash32(),
                    LZ4FrameOutputStream.FLG.Bits.BLOCK_INDEPENDENCE)) {
                block.writeTo(frame);
            }
        }
    };

    private static final long UNKNOWN_SIZE = -1;

    /** The same settings, which tell the server how to read the body. */
    InsertSettings declaredIn(InsertSettings settings) {
        return settings;
    }

    abstract void write(NativeBlock block, OutputStream out) throws IOException;
}
