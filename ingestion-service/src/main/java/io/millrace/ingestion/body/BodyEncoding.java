package io.millrace.ingestion.body;

import com.github.luben.zstd.RecyclingBufferPool;
import com.github.luben.zstd.ZstdInputStreamNoFinalizer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.springframework.http.HttpHeaders;

/** How a body is packed. */
public enum BodyEncoding {
    IDENTITY {
        @Override
        InputStream unpack(byte[] packed) {
            return new ByteArrayInputStream(packed);
        }
    },
    GZIP {
        @Override
        InputStream unpack(byte[] packed) throws IOException {
            return new GZIPInputStream(new ByteArrayInputStream(packed), BUFFER_BYTES);
        }
    },
    ZSTD {
        @Override
        InputStream unpack(byte[] packed) throws IOException {
            ZstdInputStreamNoFinalizer in =
                    new ZstdInputStreamNoFinalizer(new ByteArrayInputStream(packed), RecyclingBufferPool.INSTANCE);
            in.setLongMax(ZSTD_WINDOW_LOG_MAX);
            return in;
        }
    };

    private static final int BUFFER_BYTES = 64 * 1024;

    /** 8 MiB, which every decoder should support (RFC 8878, section 3.1.1.1.2): a frame can ask for gigabytes. */
    private static final int ZSTD_WINDOW_LOG_MAX = 23;

    /** Opens what is packed. */
    abstract InputStream unpack(byte[] packed) throws IOException;

    /** {@return the one that the Content-Encoding names; anything else is a 415} */
    public static BodyEncoding of(HttpHeaders headers) {
        List<String> encodings = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
        return switch (String.join(",", encodings).strip().toLowerCase(Locale.ROOT)) {
            case "", "identity" -> IDENTITY;
            case "gzip", "x-gzip" -> GZIP;
            case "zstd" -> ZSTD;
            default -> throw BodyProblems.encodingUnsupported().toException();
        };
    }
}
