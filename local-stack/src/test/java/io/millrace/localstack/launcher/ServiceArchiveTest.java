package io.millrace.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.Part;
import io.millrace.localstack.ServiceArchive;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ServiceArchiveTest {
    @TempDir
    private Path root;

    private Path jar = Path.of("");

    @BeforeEach
    void built() throws IOException {
        Path target = Files.createDirectories(root.resolve("consumer-service/target"));
        jar = target.resolve("consumer-service-0.1.0-SNAPSHOT-exec.jar");
        Files.writeString(target.resolve("consumer-service-0.1.0-SNAPSHOT.jar"), "the plain archive");
        Files.writeString(jar, "classes");
    }

    @Test
    void sameContentBuiltAgainIsTheSameVersion() throws IOException {
        String before = archive(Part.CONSUMER).version();
        Files.setLastModifiedTime(jar, FileTime.from(Instant.parse("2030-01-01T00:00:00Z")));
        assertThat(archive(Part.CONSUMER).version()).isEqualTo(before);
        Files.writeString(jar, "other classes");
        assertThat(archive(Part.CONSUMER).version()).isNotEqualTo(before);
    }

    @Test
    void moduleThatWasNotBuiltIsNamed() {
        assertThatThrownBy(() -> archive(Part.RETENTION).version())
                .isInstanceOf(StackException.class)
                .hasMessageContaining("retention-service has not been built");
    }

    @Test
    void serviceIsOutdatedOnceAnotherBuildIsThere() throws IOException {
        Path unpacked = root.resolve("consumer-service/target/unpacked")
                .resolve(archive(Part.CONSUMER).version());
        Path note = Files.writeString(root.resolve("consumer-service.build"), unpacked.toString());
        ServiceRecipe recipe = new ServiceRecipe(
                archive(Part.CONSUMER), note, URI.create("http://127.0.0.1:17704"), Map.of("SERVER_PORT", "17704"));
        assertThat(recipe.isOutdated()).isFalse();
        assertThat(recipe.command().words())
                .endsWith(
                        "-jar",
                        "consumer-service/target/unpacked/" + unpacked.getFileName()
                                + "/consumer-service-0.1.0-SNAPSHOT-exec.jar");
        Files.writeString(jar, "other classes");
        assertThat(recipe.isOutdated()).isTrue();
    }

    private ServiceArchive archive(Part part) {
        return new ServiceArchive(root, part);
    }
}
