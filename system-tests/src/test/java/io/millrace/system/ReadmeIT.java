package io.millrace.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Runs the commands that the README shows and compares what they print; an ellipsis stands for anything. */
class ReadmeIT {
    private static final Pattern BLOCK = Pattern.compile("(?ms)^```console\\n(.*?)^```");

    private final RunningMillrace millrace = RunningMillrace.shared();

    /**
     * One command of the README.
     *
     * @param command without the prompt
     * @param output lines shown below it
     */
    record Shown(String command, String output) {
        Pattern pattern() {
            return Pattern.compile(
                    Arrays.stream(output.split("…", -1)).map(Pattern::quote).collect(Collectors.joining(".*")));
        }
    }

    @Test
    void everyCommandPrintsWhatIsShown() throws IOException {
        List<Shown> commands = commands(Files.readString(RunningMillrace.ROOT.resolve("README.md")));
        assertThat(commands).extracting(Shown::command).contains("./millrace up", "./millrace test");
        List<Shown> withOutput =
                commands.stream().filter(shown -> !shown.output().isEmpty()).toList();
        assertThat(withOutput).hasSizeGreaterThanOrEqualTo(3);
        for (Shown shown : withOutput) {
            if (shown.command().contains("/v1/events")) {
                // Sent once: what a retry stores twice today would spoil the count below.
                assertThat(millrace.shell(shown.command()).mustSucceed().text().strip())
                        .matches(shown.pattern());
            } else {
                await().atMost(Duration.ofSeconds(30))
                        .untilAsserted(() -> assertThat(millrace.shell(shown.command())
                                        .mustSucceed()
                                        .text()
                                        .strip())
                                .matches(shown.pattern()));
            }
        }
    }

    static List<Shown> commands(String readme) {
        return BLOCK.matcher(readme)
                .results()
                .flatMap(block -> commandsOf(block.group(1)).stream())
                .toList();
    }

    private static List<Shown> commandsOf(String block) {
        List<Shown> commands = new ArrayList<>();
        for (String line : block.lines().toList()) {
            if (line.startsWith("$ ")) {
                commands.add(new Shown(line.substring(2), ""));
            } else {
                Shown last = commands.removeLast();
                String above = last.output().isEmpty() ? "" : last.output() + "\n";
                commands.add(new Shown(last.command(), above + line));
            }
        }
        return commands;
    }
}
