package io.millrace.localstack.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ByteProgressTest {
    private static final long MIB = 1 << 20;

    private final ByteArrayOutputStream shown = new ByteArrayOutputStream();

    @Test
    void terminalSeesOneLineGrow() {
        ByteProgress progress = progress(true);
        progress.show(50 * MIB);
        progress.show(300 * MIB);
        progress.done();
        assertThat(text().split("\r", -1))
                .containsExactly(
                        "",
                        "Fetching [###############...............]  50 % of 100 MiB",
                        "Fetching [##############################] 100 % of 100 MiB",
                        "Fetching [##############################] 100 % of 100 MiB" + System.lineSeparator());
    }

    @Test
    void fileGetsALineForEveryStep() {
        ByteProgress progress = progress(false);
        for (long bytes = 0; bytes <= 100 * MIB; bytes += MIB / 2) {
            progress.show(bytes);
        }
        progress.done();
        assertThat(text().lines())
                .containsExactly(
                        "Fetching:   0 % of 100 MiB",
                        "Fetching:  32 % of 100 MiB",
                        "Fetching:  64 % of 100 MiB",
                        "Fetching:  96 % of 100 MiB",
                        "Fetching: 100 % of 100 MiB");
    }

    private ByteProgress progress(boolean terminal) {
        return new ByteProgress("Fetching", 100 * MIB, new PrintStream(shown, true, StandardCharsets.UTF_8), terminal);
    }

    private String text() {
        return shown.toString(StandardCharsets.UTF_8);
    }
}
