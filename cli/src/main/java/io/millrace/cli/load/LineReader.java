package io.millrace.cli.load;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Reads lines ended by a line feed, a carriage return before it being no part of the line. Blank lines are passed
 * over. A line that is too long is read to its end but not kept, so that the next one is found.
 */
final class LineReader {
    private final InputStream in;
    private final int lineBytesMax;
    private final byte[] buffer = new byte[256 * 1024];
    private int position;
    private int limit;
    private long linesRead;

    LineReader(InputStream in, int lineBytesMax) {
        this.in = in;
        this.lineBytesMax = lineBytesMax;
    }

    /** Lines that have been read to their end, blank ones included. */
    long linesRead() {
        return linesRead;
    }

    /** The next line that is not blank, or null at the end of the input. */
    @Nullable
    Line next() throws IOException {
        for (Line line = read(); line != null; line = read()) {
            if (!isBlank(line)) {
                return line;
            }
        }
        return null;
    }

    private @Nullable Line read() throws IOException {
        byte[] kept = new byte[0];
        long bytes = 0;
        boolean ended = false;
        while (!ended && fill()) {
            int end = position;
            while (end < limit && buffer[end] != '\n') {
                end++;
            }
            ended = end < limit;
            kept = append(kept, position, end);
            bytes += end - position;
            position = ended ? end + 1 : end;
        }
        if (!ended && bytes == 0) {
            return null;
        }
        linesRead++;
        // One byte more than the limit is kept, for the carriage return that a line of just the limit may end with.
        boolean carriageReturn = bytes > 0 && kept.length == bytes && kept[kept.length - 1] == '\r';
        long textBytes = carriageReturn ? bytes - 1 : bytes;
        byte[] text = Arrays.copyOf(kept, (int) Math.min(textBytes, lineBytesMax));
        return new Line(linesRead, text, textBytes);
    }

    private byte[] append(byte[] kept, int from, int to) {
        int added = Math.min(to - from, lineBytesMax + 1 - kept.length);
        byte[] longer = Arrays.copyOf(kept, kept.length + added);
        System.arraycopy(buffer, from, longer, kept.length, added);
        return longer;
    }

    private boolean fill() throws IOException {
        if (position == limit) {
            position = 0;
            limit = Math.max(0, in.read(buffer, 0, buffer.length));
        }
        return position < limit;
    }

    private static boolean isBlank(Line line) {
        for (byte character : line.text()) {
            if (character != ' ' && character != '\t' && character != '\r') {
                return false;
            }
        }
        return line.isWhole();
    }
}
