package io.millrace.prove;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

final class MainTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "nonsense",
                "--short",
                "nonsense --seed 1",
                "exactly-once --events -1",
                "seam --answers -1",
                "door --bodies -1"
            })
    void withoutAKnownNameTheNamesAreListed(String arguments) {
        String[] words = arguments.isEmpty() ? new String[0] : arguments.split(" ", -1);

        assertThat(new CommandLine(new Main(print(out), print(err))).execute(words))
                .isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8)).contains("exactly-once", "seam", "door", "--seed", "--short");
        assertThat(out.size()).isZero();
    }

    private static PrintStream print(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }
}
