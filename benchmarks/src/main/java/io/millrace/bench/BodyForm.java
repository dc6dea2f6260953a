package io.millrace.bench;

import com.clickhouse.client.api.insert.InsertSettings;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/** How the body of an insert crosses the network. */
enum BodyForm {
    PLAIN("not compressed"),

    /** A frame of blocks of 64 KiB. The client library's own framing fails on blocks that do not shrink. */
    LZ4("LZ4, Content-Encoding") {
        @Override
        void configure(InsertSettings settings) {
            settings.appCompressedData(true, "lz4");
        }

        @Override
        void write(byte[] block, OutputStream out) throws IOException {
            try (OutputStream frame = new LZ4FrameOutputStream(out, LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB)) {
                frame.write(block);
            }
        }
    },

    ZSTD_1("ZSTD(1), Content-Encoding") {
        @Override
        void configure(InsertSettings settings) {
            settings.appCompressedData(true, "zstd");
        }

        @Override
        void write(byte[] block, OutputStream out) throws IOException {
            try (OutputStream frame = new ZstdOutputStream(out, 1)) {
                frame.write(block);
            }
        }
    },

    ZSTD_3("ZSTD(3), Content-Encoding") {
        @Override
        void configure(InsertSettings settings) {
            settings.appCompressedData(true, "zstd");
        }

        @Override
        void write(byte[] block, OutputStream out) throws IOException {
            try (OutputStream frame = new ZstdOutputStream(out, 3)) {
                frame.write(block);
            }
        }
    };

    private final String title;

    BodyForm(String title) {
        this.title = title;
    }

    String title() {
        return title;
    }

    /** Nothing by default. */
    void configure(InsertSettings settings) {}

    /** Writes the block as the library is to have it. */
    void write(byte[] block, OutputStream out) throws IOException {
        out.write(block);
    }
}
