package io.millrace.bench;

import com.clickhouse.client.api.insert.InsertSettings;
import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import net.jpountz.lz4.LZ4FrameOutputStream;

/** How the body of an insert crosses the network: as it is, or as HTTP's content encoding. */
enum BodyForm {
    PLAIN("not compressed", "", out -> out),

    /** A frame of blocks of 64 KiB. The client library's own framing fails on blocks that do not shrink. */
    LZ4("LZ4, Content-Encoding", "lz4", out -> new LZ4FrameOutputStream(out, LZ4FrameOutputStream.BLOCKSIZE.SIZE_64KB)),

    ZSTD_1("ZSTD(1), Content-Encoding", "zstd", out -> new ZstdOutputStream(out, 1)),

    ZSTD_3("ZSTD(3), Content-Encoding", "zstd", out -> new ZstdOutputStream(out, 3));

    private final String title;
    private final String encoding;
    private final Frame frame;

    BodyForm(String title, String encoding, Frame frame) {
        this.title = title;
        this.encoding = encoding;
        this.frame = frame;
    }

    private interface Frame {
        OutputStream around(OutputStream out) throws IOException;
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
        try (OutputStream framed = frame.around(out)) {
            framed.write(block);
        }
    }
}
