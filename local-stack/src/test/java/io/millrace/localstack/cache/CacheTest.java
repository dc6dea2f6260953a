package io.millrace.localstack.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.process.StackException;
import io.millrace.localstack.process.Together;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CacheTest {
    @TempDir
    private Path root;

    @Test
    void isOutsideTheCheckoutUnlessToldOtherwise() {
        String home = System.getProperty("user.home");
        assertThat(Cache.of(Map.of()).root()).isEqualTo(Path.of(home, ".cache", "millrace"));
        assertThat(Cache.of(Map.of("XDG_CACHE_HOME", "/x", "MILLRACE_CACHE", ""))
                        .root())
                .isEqualTo(Path.of("/x/millrace"));
        assertThat(Cache.of(Map.of("XDG_CACHE_HOME", "/x", "MILLRACE_CACHE", "/m"))
                        .root())
                .isEqualTo(Path.of("/m"));
    }

    @Test
    void isFilledOnceAlsoByManyAtOnce() {
        Cache cache = new Cache(root);
        AtomicInteger fillings = new AtomicInteger();
        Together.run(
                IntStream.range(0, 8).boxed().toList(),
                i -> cache.folder("library", folder -> {
                    fillings.incrementAndGet();
                    Files.writeString(folder.resolve("file"), "whole");
                }));
        assertThat(fillings).hasValue(1);
        assertThat(root.resolve("library/file")).hasContent("whole");
    }

    @Test
    void halfWrittenEntryIsThrownAwayAndFilledAgain() throws IOException {
        Cache cache = new Cache(root);
        assertThatThrownBy(() -> cache.folder("library", folder -> {
                    Files.writeString(folder.resolve("half"), "ha");
                    throw new IOException("the line went dead");
                }))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("the line went dead");
        assertThat(root.resolve("library")).doesNotExist();
        Path entry = cache.folder("library", folder -> Files.writeString(folder.resolve("file"), "whole"));
        assertThat(entry).isDirectoryContaining("glob:**file").isDirectoryNotContaining("glob:**half");
    }
}
