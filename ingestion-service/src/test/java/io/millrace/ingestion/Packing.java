package io.millrace.ingestion;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.GZIPOutputStream;

/** How clients pack a body; the name in lower case is that of the encoding. */
enum Packing {
    GZIP {
        @Override
        byte[] pack(byte[] body) {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
                gzip.write(body);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return bytes.toByteArray();
        }
    },
    ZSTD {
        @Override
        byte[] pack(byte[] body) {
            return Zstd.compress(body);
        }
    };

    abstract byte[] pack(byte[] body);

    byte[] pack(String body) {
        return pack(body.getBytes(StandardCharsets.UTF_8));
    }
}
