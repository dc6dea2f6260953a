package io.millrace.cli.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

final class LineReaderTest {
    private static final int LINE_BYTES_MAX = 5;

    @Test
    void lastLineNeedsNoLineFeed() throws IOException {
        assertThat(lines("a\nb")).containsExactly("1:a", "2:b");
        assertThat(lines("a\nb\n")).containsExactly("1:a", "2:b");
    }

    @Test
    void blankLinesAreCountedAndPassedOver() throws IOException {
        assertThat(lines("\n \t\r\na\n\n\r\nb\n\n")).containsExactly("3:a", "6:b");
        assertThat(lines("")).isEmpty();
        assertThat(lines("\n\n")).isEmpty();
    }

    @Test
    void carriageReturnBeforeTheLineFeedIsNoPartOfTheLine() throws IOException {
        assertThat(lines("a\r\nb\rc\r\nd\r")).containsExactly("1:a", "2:b\rc", "3:d");
    }

    @Test
    void lineOfTheLimitIsWholeAndOneByteMoreIsNot() throws IOException {
        assertThat(lines("12345\n12345\r\n123456\nx\n")).containsExactly("1:12345", "2:12345", "3:12345…6", "4:x");
    }

    @Test
    void lineMuchLongerThanTheBufferIsMeasuredAndLeftBehind() throws IOException {
        String giant = "y".repeat(1_000_000);
        assertThat(lines(giant + "\nx\n" + giant)).containsExactly("1:yyyyy…1000000", "2:x", "3:yyyyy…1000000");
    }

    @Test
    void tooManyBlanksInOneLineAreATooLongLine() throws IOException {
        assertThat(lines("     \n      \nx")).containsExactly("2:     …6", "3:x");
    }

    @Test
    void linesAreFoundAcrossReadsOfOneByte() throws IOException {
        InputStream drops = new FilterInputStream(bytes("ab\r\n\ncd")) {
            @Override
            public int read(byte[] target, int from, int length) throws IOException {
                return super.read(target, from, Math.min(length, 1));
            }
        };
        assertThat(lines(drops)).containsExactly("1:ab", "3:cd");
    }

    private static List<String> lines(String text) throws IOException {
        return lines(bytes(text));
    }

    private static List<String> lines(InputStream in) throws IOException {
        LineReader reader = new LineReader(in, LINE_BYTES_MAX);
        List<String> lines = new ArrayList<>();
        for (Line line = reader.next(); line != null; line = reader.next()) {
            String text = new String(line.text(), StandardCharsets.UTF_8);
            lines.add(line.number() + ":" + text + (line.isWhole() ? "" : "…" + line.bytes()));
        }
        return lines;
    }

    private static InputStream bytes(String text) {
        return new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }
}
