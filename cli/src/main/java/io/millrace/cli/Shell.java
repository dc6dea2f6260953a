package io.millrace.cli;

import io.millrace.cli.env.Environment;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * What a command was started in.
 *
 * @param variables the process's environment
 * @param workingDirectory where the search for the home begins
 * @param interactive whether a person watches, for whom things may move
 */
record Shell(
        Map<String, String> variables,
        Path workingDirectory,
        InputStream in,
        PrintStream out,
        PrintStream err,
        boolean interactive) {

    static Shell ofProcess() {
        // JDK 25 went back to answering null when input or output are not a terminal's.
        boolean interactive = Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .isPresent();
        return new Shell(System.getenv(), Path.of(""), System.in, System.out, System.err, interactive);
    }

    Environment environment() throws IOException {
        return Environment.read(variables, workingDirectory);
    }
}
