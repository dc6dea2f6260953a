package io.millrace.cli.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.OptionalLong;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class EventInputTest {
    private static final byte[] TEXT = "{\"event_type\":\"a\"}\n".repeat(50_000).getBytes(StandardCharsets.UTF_8);

    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {"events.ndjson", "events.gz", "events"})
    void contentDecidesAndNotTheName(String name) throws IOException {
        assertThat(read(file(name, TEXT))).isEqualTo(TEXT);
        assertThat(read(file(name, gzip(TEXT)))).isEqualTo(TEXT);
    }

    @Test
    void standardInputMayBePlainOrGzip() throws IOException {
        try (EventInput plain = EventInput.open("-", new ByteArrayInputStream(TEXT));
                EventInput gzip = EventInput.open("-", new ByteArrayInputStream(gzip(TEXT)))) {
            assertThat(plain.readAllBytes()).isEqualTo(TEXT);
            assertThat(gzip.readAllBytes()).isEqualTo(TEXT);
            assertThat(plain.bytesTotal()).isEmpty();
        }
    }

    @Test
    void concatenatedGzipIsReadToItsEnd() throws IOException {
        byte[] twice = concat(gzip(TEXT), gzip(TEXT));
        assertThat(read(file("two.gz", twice))).isEqualTo(concat(TEXT, TEXT));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 9, 100, 2_000})
    void gzipWithoutItsEndIsAnError(int missingBytes) throws IOException {
        byte[] whole = gzip(TEXT);
        Path cut = file("cut.gz", slice(whole, 0, whole.length - missingBytes));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(cut))
                .withMessageContaining("cut.gz is cut short");
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 5, 9})
    void gzipThatEndsInItsHeaderIsAnError(int bytes) throws IOException {
        Path cut = file("cut.gz", slice(gzip(TEXT), 0, bytes));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(cut))
                .withMessageContaining("cut.gz is cut short");
    }

    @Test
    void gzipFollowedByOtherBytesIsAnError() throws IOException {
        Path trailed = file("trailed.gz", concat(gzip(TEXT), TEXT));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(trailed))
                .withMessageContaining("trailed.gz is damaged");
    }

    @Test
    void gzipWithAWrongChecksumIsAnError() throws IOException {
        byte[] bytes = gzip(TEXT);
        bytes[bytes.length - 7] ^= 1;
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(file("wrong.gz", bytes)))
                .withMessageContaining("wrong.gz is damaged");
    }

    @Test
    void markOfUtf8IsNoPartOfTheText() throws IOException {
        byte[] marked = concat(HexFormat.of().parseHex("efbbbf"), TEXT);
        assertThat(read(file("marked", marked))).isEqualTo(TEXT);
        assertThat(read(file("marked.gz", gzip(marked)))).isEqualTo(TEXT);
        assertThat(read(file("short.gz", gzip(new byte[] {'a'})))).containsExactly('a');
    }

    @ParameterizedTest
    @CsvSource({
        "28b52ffd00,zstd",
        "fd377a585a0000,xz",
        "425a6839,bzip2",
        "504b030414,zip",
        "fffe7b00,UTF-16",
        "feff007b,UTF-16"
    })
    void otherFormsAreNamed(String hex, String form) throws IOException {
        Path file = file("events", HexFormat.of().parseHex(hex));
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(file))
                .withMessageContaining("is")
                .withMessageContaining(form);
    }

    @Test
    void emptyFileHasNoBytesUnlessItIsNamedAsGzip() throws IOException {
        assertThat(read(file("empty.ndjson", new byte[0]))).isEmpty();
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(file("empty.GZ", new byte[0])))
                .withMessageContaining("has no bytes");
    }

    @Test
    void directoryAndMissingFileAreTold() {
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(folder))
                .withMessageContaining("is a directory");
        assertThatExceptionOfType(InputException.class)
                .isThrownBy(() -> read(folder.resolve("missing")))
                .withMessageContaining("no such file");
    }

    @Test
    void progressIsMeasuredInTheFilesOwnBytes() throws IOException {
        byte[] bytes = gzip(TEXT);
        try (EventInput input = EventInput.open(file("events.gz", bytes).toString(), InputStream.nullInputStream())) {
            assertThat(input.bytesTotal()).isEqualTo(OptionalLong.of(bytes.length));
            input.readAllBytes();
            assertThat(input.bytesRead()).isEqualTo(bytes.length);
        }
    }

    private static byte[] read(Path file) throws IOException {
        try (EventInput input = EventInput.open(file.toString(), InputStream.nullInputStream())) {
            return input.readAllBytes();
        }
    }

    private Path file(String name, byte[] bytes) throws IOException {
        return Files.write(folder.resolve(name), bytes);
    }

    private static byte[] slice(byte[] bytes, int from, int to) {
        return java.util.Arrays.copyOfRange(bytes, from, to);
    }

    private static byte[] concat(byte[] first, byte[] second) {
        ByteArrayOutputStream both = new ByteArrayOutputStream();
        both.writeBytes(first);
        both.writeBytes(second);
        return both.toByteArray();
    }

    static byte[] gzip(byte[] bytes) throws IOException {
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
            gzip.write(bytes);
        }
        return packed.toByteArray();
    }
}
