package io.millrace.prove.fault;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableFolderTest {
    @TempDir
    private Path path = Path.of("");

    @BeforeEach
    void noteTokens() throws IOException {
        Path logs = Files.createDirectory(path.resolve("deduplication_logs"));
        Files.writeString(logs.resolve("deduplication_log_9.txt"), "1\told_1_1_0\tblock\n");
        Files.writeString(
                logs.resolve("deduplication_log_10.txt"), "1\t20261121_1_1_0\tblock\n1\t20261121_2_2_0\tblock\n");
    }

    @Test
    void newestLogIsTheOneWithTheHighestNumber() throws IOException {
        assertThat(new TableFolder(path).tokens().getFileName()).hasToString("deduplication_log_10.txt");
    }

    @Test
    void partOfTheLastTokenIsLookedFor() throws IOException {
        Files.createDirectory(path.resolve("20261121_1_1_0"));
        assertThat(new TableFolder(path).hasPartOfLastToken()).isFalse();

        Files.createDirectory(path.resolve("20261121_2_2_0"));
        assertThat(new TableFolder(path).hasPartOfLastToken()).isTrue();
    }
}
