package io.millrace.localstack.process;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** The end of a log. */
public final class LogTail {
    /** Lines longer than this many bytes on average are cut off at the front. */
    private static final int BYTES_PER_LINE_MAX = 4096;

    private static final Duration FOLLOW_EVERY = Duration.ofMillis(200);

    private LogTail() {}

    /**
     * The last lines of a file.
     *
     * @param lines how many at most
     * @return the lines, oldest first; none when there is no file
     */
    public static List<String> of(Path log, int lines) throws IOException {
        if (!Files.exists(log)) {
            return List.of();
        }
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            long start = Math.max(0, file.length() - (long) lines * BYTES_PER_LINE_MAX);
            byte[] bytes = new byte[Math.toIntExact(file.length() - start)];
            file.seek(start);
            file.readFully(bytes);
            List<String> all = new String(bytes, StandardCharsets.UTF_8).lines().toList();
            return all.subList(Math.max(0, all.size() - lines), all.size());
        }
    }

    /**
     * Copies what is added to a file, until the thread is interrupted or the program ended. A file that becomes shorter
     * was begun anew and is copied from its beginning.
     *
     * @param seenBytes how much of it to leave out
     */
    public static void follow(Path log, long seenBytes, PrintStream out) throws IOException, InterruptedException {
        long position = seenBytes;
        while (true) {
            long length = Files.size(log);
            position = length < position ? 0 : position;
            if (length > position) {
                try (InputStream in = Files.newInputStream(log)) {
                    in.skipNBytes(position);
                    position += in.transferTo(out);
                    out.flush();
                }
            }
            Thread.sleep(FOLLOW_EVERY);
        }
    }
}
