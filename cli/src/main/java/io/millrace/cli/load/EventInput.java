package io.millrace.cli.load;

import java.io.BufferedInputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalLong;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/**
 * The bytes of the events' text, whatever they came wrapped in. Reading fails where the file is cut short or damaged,
 * and where a gzip stream is followed by something else: what is not read is never passed over.
 */
public final class EventInput extends InputStream {
    /** Stands for standard input. */
    public static final String STANDARD_INPUT = "-";

    private static final int BUFFER_BYTES = 256 * 1024;

    private final String name;
    private final CountedStream raw;
    private final InputStream text;
    private final OptionalLong bytesTotal;

    private EventInput(String name, CountedStream raw, InputStream text, OptionalLong bytesTotal) {
        this.name = name;
        this.raw = raw;
        this.text = text;
        this.bytesTotal = bytesTotal;
    }

    /**
     * Opens a file.
     *
     * @param file its path, or {@value #STANDARD_INPUT}
     * @throws InputException when it is no readable file of a known form; says why
     */
    public static EventInput open(String file, InputStream standardInput) throws IOException {
        if (file.equals(STANDARD_INPUT)) {
            return of("standard input", standardInput, OptionalLong.empty());
        }
        Path path = Path.of(file);
        if (Files.isDirectory(path)) {
            throw new InputException(file + " is a directory: name a file in it");
        }
        try {
            // A pipe has no size to measure progress by.
            OptionalLong size = Files.isRegularFile(path) ? OptionalLong.of(Files.size(path)) : OptionalLong.empty();
            if (size.isPresent()
                    && size.getAsLong() == 0
                    && file.toLowerCase(Locale.ROOT).endsWith(".gz")) {
                throw new InputException(file + " is named as gzip but has no bytes");
            }
            return of(file, Files.newInputStream(path), size);
        } catch (NoSuchFileException e) {
            throw new InputException("no such file: " + file, e);
        } catch (AccessDeniedException e) {
            throw new InputException(file + " may not be read: permission denied", e);
        }
    }

    static EventInput of(String name, InputStream bytes, OptionalLong bytesTotal) throws IOException {
        CountedStream raw = new CountedStream(bytes);
        BufferedInputStream buffered = new BufferedInputStream(raw, BUFFER_BYTES);
        try {
            return new EventInput(name, raw, text(name, buffered), bytesTotal);
        } catch (IOException e) {
            throw explained(name, e);
        }
    }

    private static InputStream text(String name, BufferedInputStream buffered) throws IOException {
        buffered.mark(InputFormat.MAGIC_BYTES_MAX);
        InputFormat format = InputFormat.of(buffered.readNBytes(InputFormat.MAGIC_BYTES_MAX));
        buffered.reset();
        return switch (format) {
            case PLAIN -> buffered;
            case GZIP ->
                unmarked(GzipCompressorInputStream.builder()
                        .setInputStream(buffered)
                        .setDecompressConcatenated(true)
                        .get());
            case UTF_8_MARKED -> unmarked(buffered);
            case UTF_16_BIG_ENDIAN, UTF_16_LITTLE_ENDIAN ->
                throw new InputException(name + " is in UTF-16: events are in UTF-8");
            case ZSTD, XZ, BZIP2, ZIP ->
                throw new InputException(name + " is " + format.name().toLowerCase(Locale.ROOT)
                        + ": plain text and gzip are read, so unpack it first");
        };
    }

    private static InputException explained(String name, IOException e) {
        return switch (e) {
            case InputException own -> own;
            case EOFException _ -> new InputException(name + " is cut short: its gzip stream has no end", e);
            default -> new InputException(name + " is damaged or cannot be read on: " + e.getMessage(), e);
        };
    }

    /** The text without the mark that some editors put before UTF-8. */
    private static InputStream unmarked(InputStream text) throws IOException {
        byte[] first = text.readNBytes(InputFormat.UTF_8_MARKED.magicBytes());
        return InputFormat.of(first) == InputFormat.UTF_8_MARKED
                ? text
                : new SequenceInputStream(new ByteArrayInputStream(first), text);
    }

    @Override
    public int read() throws IOException {
        byte[] single = new byte[1];
        return read(single, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(single[0]);
    }

    @Override
    public int read(byte[] target, int from, int length) throws IOException {
        try {
            return text.read(target, from, length);
        } catch (IOException e) {
            throw explained(name, e);
        }
    }

    /** Bytes of the file read so far, as they lie there. */
    public long bytesRead() {
        return raw.bytes();
    }

    /** Bytes of the file, when that is known. */
    public OptionalLong bytesTotal() {
        return bytesTotal;
    }

    /** The file as a message names it. */
    public String name() {
        return name;
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
