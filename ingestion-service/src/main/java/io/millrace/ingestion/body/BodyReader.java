package io.millrace.ingestion.body;

import io.millrace.kit.problem.ProblemException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.server.reactive.ServerHttpRequest;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Scheduler;

/** Takes a request's bytes, within their limits, once. */
public final class BodyReader {
    private static final int CHUNK_BYTES = 64 * 1024;

    /** A small body is not worth the question: a few equal events pack into almost nothing. */
    private static final int RATIO_FREE_BYTES = 64 * 1024;

    private final BodySettings settings;

    BodyReader(BodySettings settings) {
        this.settings = settings;
    }

    /**
     * Reads a body.
     *
     * @param eventLoop of its connection, where its time is watched
     * @return the body as sent; empty for none
     */
    public Mono<byte[]> read(ServerHttpRequest request, InFlight.Share share, Scheduler eventLoop) {
        int bytesMax = (int) settings.bodySizeMax().toBytes();
        if (request.getHeaders().getContentLength() > bytesMax) {
            return Mono.error(BodyProblems.bodyTooLarge(settings.bodySizeMax()).toException());
        }
        return DataBufferUtils.join(request.getBody().map(buffer -> counted(buffer, share)), bytesMax)
                .map(BodyReader::bytes)
                .takeUntilOther(tooLate(eventLoop))
                .onErrorMap(
                        DataBufferLimitException.class,
                        _ -> BodyProblems.bodyTooLarge(settings.bodySizeMax()).toException())
                .defaultIfEmpty(new byte[0]);
    }

    /** As {@code timeout} does it, but without a look at what the whole is called and without another thread's queue. */
    private Mono<Void> tooLate(Scheduler eventLoop) {
        return Mono.delay(settings.bodyTimeout(), eventLoop)
                .flatMap(_ -> Mono.error(BodyProblems.bodyTimeout().toException()));
    }

    /**
     * Unpacks a body.
     *
     * @throws ProblemException 413 when it is too large, 400 when it is not what its encoding says, 503 when there is no
     *     room for it
     */
    public byte[] unpack(BodyEncoding encoding, byte[] packed, InFlight.Share share) {
        if (encoding == BodyEncoding.IDENTITY) {
            return packed;
        }
        ByteArrayOutputStream unpacked = new ByteArrayOutputStream(Math.max(CHUNK_BYTES, packed.length * 4));
        byte[] chunk = new byte[CHUNK_BYTES];
        try (InputStream in = encoding.unpack(packed)) {
            for (int read = in.read(chunk); read >= 0; read = in.read(chunk)) {
                requireRoom(packed.length, unpacked.size() + (long) read);
                share.take(read);
                unpacked.write(chunk, 0, read);
            }
            return unpacked.toByteArray();
        } catch (IOException e) {
            throw BodyProblems.encodingInvalid().toException(e);
        }
    }

    private void requireRoom(int packed, long unpacked) {
        if (unpacked > settings.decompressedSizeMax().toBytes()) {
            throw BodyProblems.decompressedTooLarge(settings.decompressedSizeMax())
                    .toException();
        }
        if (unpacked > RATIO_FREE_BYTES && unpacked / packed >= settings.decompressionRatioMax()) {
            throw BodyProblems.ratioTooHigh(settings.decompressionRatioMax()).toException();
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
