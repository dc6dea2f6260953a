package io.millrace.ingestion.door;

import io.millrace.kit.problem.ProblemException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeoutException;
import java.util.zip.GZIPInputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;

/** Takes a request's bytes, within their limits, once. */
final class BodyReader {
    private static final int CHUNK_BYTES = 64 * 1024;

    private final DoorSettings settings;

    BodyReader(DoorSettings settings) {
        this.settings = settings;
    }

    /** {@return the body as sent; empty for none} */
    Mono<byte[]> read(ServerHttpRequest request, InFlight.Share share) {
        int bytesMax = (int) settings.bodySizeMax().toBytes();
        if (request.getHeaders().getContentLength() > bytesMax) {
            return Mono.error(DoorProblems.bodyTooLarge(settings.bodySizeMax()).toException());
        }
        return DataBufferUtils.join(request.getBody().map(buffer -> counted(buffer, share)), bytesMax)
                .map(BodyReader::bytes)
                .timeout(settings.bodyTimeout())
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> DoorProblems.bodyTooLarge(settings.bodySizeMax()).toException())
                .onErrorMap(
                        TimeoutException.class, _ -> DoorProblems.bodyTimeout().toException())
                .defaultIfEmpty(new byte[0]);
    }

    /** Whether a body is compressed; an encoding that is not known here is a 415. */
    static boolean isGzip(HttpHeaders headers) {
        List<String> encodings = headers.getOrEmpty(HttpHeaders.CONTENT_ENCODING);
        String encoding = String.join(",", encodings).strip().toLowerCase(Locale.ROOT);
        return switch (encoding) {
            case "", "identity" -> false;
            case "gzip", "x-gzip" -> true;
            default -> throw DoorProblems.encodingUnsupported().toException();
        };
    }

    /**
     * Unpacks a body.
     *
     * @throws ProblemException 413 when it is too large, 400 when it is not gzip, 503 when there is no room for it
     */
    byte[] gunzip(byte[] packed, InFlight.Share share) {
        long bytesMax = settings.decompressedSizeMax().toBytes();
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream(Math.max(CHUNK_BYTES, packed.length * 4));
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = new GZIPInputStream(new ByteArrayInputStream(packed), CHUNK_BYTES)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                if (unpacked.size() + read > bytesMax) {
                    throw DoorProblems.decompressedTooLarge(settings.decompressedSizeMax())
                            .toException();
                }
                share.take(read);
                unpacked.write(chunk, 0, read);
            }
            return unpacked.toByteArray();
        } catch (IOException e) {
            throw DoorProblems.encodingInvalid().toException(e);
        }
    }

    private static DataBuffer counted(DataBuffer buffer, InFlight.Share share) {
        try {
            share.take(buffer.readableByteCount());
            return buffer;
        } catch (ProblemException e) {
            DataBufferUtils.release(buffer);
            throw e;
        }
    }

    private static byte[] bytes(DataBuffer buffer) {
        try {
            byte[] bytes = new byte[buffer.readableByteCount()];
            buffer.read(bytes);
            return bytes;
        } finally {
            DataBufferUtils.release(buffer);
        }
    }
}
