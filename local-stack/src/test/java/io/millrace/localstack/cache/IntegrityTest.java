package io.millrace.localstack.cache;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class IntegrityTest {
    // The three letters' digest as FIPS 180-2 prints it, in Base64.
    private static final String ABC =
            "sha512-3a81oZNherrMQXNJriBBMRLm+k6JqX6iCp7u5ktV05ohkpkqJ0/BqDa6PCOj/uu9RU1EI2Q86A4qmslPpUyknw==";

    @TempDir
    private Path folder;

    @Test
    void publishedBytesPassAndOthersAreRefused() throws IOException {
        Path file = Files.writeString(folder.resolve("package.tgz"), "abc");
        new Integrity(ABC).check(file);
        Files.writeString(file, "abd");
        assertThatThrownBy(() -> new Integrity(ABC).check(file))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("package.tgz is not what was published")
                .hasMessageContaining(ABC);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "sha512-", "sha512-YWJj", "sha512-!!!", "sha1-qZk+NkcGgWq6PiVxeFDCbJzQ2J0="})
    void otherTextsAreNoChecksum(String text) {
        assertThatThrownBy(() -> new Integrity(text)).isInstanceOf(StackException.class);
    }
}
