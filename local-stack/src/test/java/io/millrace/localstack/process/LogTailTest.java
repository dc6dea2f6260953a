package io.millrace.localstack.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
    @TempDir
    private Path folder;

    @Test
    void lastLinesOldestFirst() throws IOException {
        Path log = folder.resolve("a.log");
        Files.writeString(
                log,
                IntStream.rangeClosed(1, 100_000).mapToObj(i -> "line " + i).collect(Collectors.joining("\n")));
        assertThat(LogTail.of(log, 3)).containsExactly("line 99998", "line 99999", "line 100000");
    }

    @Test
    void shortLogIsGivenWhole() throws IOException {
        Path log = folder.resolve("a.log");
        Files.writeString(log, "only\n");
        assertThat(LogTail.of(log, 10)).containsExactly("only");
    }

    @Test
    void missingLogHasNoLines() throws IOException {
        assertThat(LogTail.of(folder.resolve("none.log"), 10)).isEmpty();
    }
}
