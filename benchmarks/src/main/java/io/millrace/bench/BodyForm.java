package io.millrace.bench;

import com.clickhouse.client.api.insert.InsertSettings;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/** How the body of an insert crosses the network: as it is, or as HTTP's content encoding. */
enum BodyForm {
    PLAIN("not compressed", ""),

    LZ4("LZ4, Content-Encoding", "lz4"),

    ZSTD_1("ZSTD(1), Content-Encoding", "zstd"),

    ZSTD_3("ZSTD(3), Content-Encoding", "zstd");

    private final String title;
    private final String encoding;

    BodyForm(String title, String encoding) {
        this.title = title;
        this.encoding = encoding;
    }

    String title() {
        return title;
    }

    void configure(InsertSettings settings) {
        if (!encoding.isEmpty()) {
            settings.appCompressedData(true, encoding);
        }
    }

    /** Writes the block as the library is to have it. */
    void write(byte[] block, OutputStream out) throws IOException {
        try (OutputStream framed = framed(out)) {
            framed.write(block);
        }
    }

    private OutputStream framed(OutputStream out) throws IOException {
        return switch (this) {
            case PLAIN -> out;
            // Blocks of 64 KiB. The client library's own framing fails on blocks that do not shrink.
            case LZ4 -> new LZ4FrameOutputStream(out, LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB);
            case ZSTD_1 -> new ZstdOutputStream(out, 1);
            case ZSTD_3 -> new ZstdOutputStream(out, 3);
        };
    }
}
