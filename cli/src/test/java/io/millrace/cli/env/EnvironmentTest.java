package io.millrace.cli.env;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class EnvironmentTest {
    @TempDir
    private Path folder;

    @Test
    void processGoesBeforeFile() throws Exception {
        home(folder, "MILLRACE_INGEST_URL=file\nMILLRACE_INGEST_KEY=file\nMILLRACE_ADMIN_TOKEN=file\n");
        Environment environment =
                Environment.read(Map.of("MILLRACE_INGEST_URL", "process", "MILLRACE_ADMIN_TOKEN", " "), folder);
        assertThat(environment.find("MILLRACE_INGEST_URL")).contains("process");
        assertThat(environment.require("MILLRACE_INGEST_KEY")).isEqualTo("file");
        assertThat(environment.find("MILLRACE_ADMIN_TOKEN")).isEmpty();
    }

    @Test
    void homeIsFoundUpwards() throws Exception {
        home(folder, "MILLRACE_KAFKA=a\n");
        Path below = Files.createDirectories(folder.resolve("some/where"));
        assertThat(Environment.read(Map.of(), below).find("MILLRACE_KAFKA")).contains("a");
        assertThat(Environment.read(Map.of(), below).home()).isEqualTo(folder.resolve(".millrace"));
    }

    @Test
    void homeCanBeNamed() throws Exception {
        home(folder, "MILLRACE_KAFKA=a\n");
        Path other = Files.createDirectories(folder.resolve("other"));
        Files.writeString(other.resolve("env"), "MILLRACE_KAFKA=b\n");
        Environment environment = Environment.read(Map.of("MILLRACE_HOME", other.toString()), folder);
        assertThat(environment.find("MILLRACE_KAFKA")).contains("b");
        assertThat(environment.home()).isEqualTo(other);
    }

    @Test
    void withoutAHomeOneIsMeantInTheWorkingDirectory() throws Exception {
        Environment environment = Environment.read(Map.of("MILLRACE_HOME", ""), folder);
        assertThat(environment.home()).isEqualTo(folder.resolve(".millrace"));
        assertThatExceptionOfType(MissingSettingException.class)
                .isThrownBy(() -> environment.require("MILLRACE_INGEST_URL"))
                .withMessageContaining("MILLRACE_INGEST_URL is not set")
                .withMessageContaining("millrace up");
    }

    @Test
    void readsWhatAShellWouldSource() throws Exception {
        Path file = folder.resolve("env");
        Files.writeString(file, """
                # comment

                A=bare=value
                export B='in single'
                export   C="in double"
                D=
                E='
                """);
        assertThat(EnvironmentFile.read(file))
                .isEqualTo(Map.of("A", "bare=value", "B", "in single", "C", "in double", "D", "", "E", "'"));
    }

    @Test
    void lineThatIsNoAssignmentIsNamed() throws Exception {
        Path file = folder.resolve("env");
        Files.writeString(file, "A=1\nrm -rf\n");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> EnvironmentFile.read(file))
                .withMessageContaining("line 2");
    }

    @Test
    void writtenFileIsItsOwnersAloneAndReadsBack() throws Exception {
        Path file = folder.resolve("tenants/x.env");
        EnvironmentFile.write(file, Map.of("A", "http://h:1/?a=b&c"));
        EnvironmentFile.write(file, Map.of("A", "new"));
        assertThat(EnvironmentFile.read(file)).isEqualTo(Map.of("A", "new"));
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        try (var files = Files.list(file.getParent())) {
            assertThat(files).containsExactly(file);
        }
    }

    @Test
    void valueThatAShellWouldReadOtherwiseIsRefused() {
        Path file = folder.resolve("x.env");
        for (String value : new String[] {"a'b", "a b", "a\nb", "$a", "`a`", "a\\b"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> EnvironmentFile.write(file, Map.of("A", value)));
        }
        assertThat(file).doesNotExist();
    }

    private static void home(Path folder, String text) throws IOException {
        Files.createDirectories(folder.resolve(".millrace"));
        Files.writeString(folder.resolve(".millrace/env"), text);
    }
}
