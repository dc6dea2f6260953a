package io.millrace.localstack.launcher;

import io.millrace.localstack.Part;
import io.millrace.localstack.process.LogTail;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Shows what a part says. */
@Command(name = "logs", mixinStandardHelpOptions = true, description = "Shows the last lines of a part's log.")
final class Logs implements Callable<Integer> {
    @Mixin
    private Home home = new Home();

    @Parameters(paramLabel = "PART", description = "a part's name or the beginning of it")
    private String name = "";

    @Option(names = "-f", description = "go on with what is added until Ctrl-C")
    private boolean follow;

    @Option(
            names = "-n",
            paramLabel = "LINES",
            defaultValue = "100",
            description = "how many lines (default ${DEFAULT-VALUE}, at most 10000)")
    private int lines;

    private static final int LINES_MAX = 10_000;

    @Override
    public Integer call() throws IOException, InterruptedException {
        if (lines < 0 || lines > LINES_MAX) {
            throw new StackException("-n takes 0 to " + LINES_MAX + " lines, not " + lines);
        }
        Path log = home.folder().log(part(name));
        if (!Files.exists(log)) {
            throw new StackException("there is no " + log + ": it has not been started yet");
        }
        long seen = Files.size(log);
        LogTail.of(log, lines).forEach(System.out::println);
        if (follow) {
            LogTail.follow(log, seen, System.out);
        }
        return 0;
    }

    /** The part of this name, or the only one whose name begins so. */
    static Part part(String name) {
        List<Part> parts = Arrays.stream(Part.values())
                .filter(part -> part.id().startsWith(name))
                .toList();
        return Part.of(name).orElseGet(() -> {
            if (parts.size() != 1) {
                throw new StackException("\"" + name + "\" is not one part; there are "
                        + Arrays.stream(Part.values()).map(Part::id).collect(Collectors.joining(", ")));
            }
            return parts.getFirst();
        });
    }
}
