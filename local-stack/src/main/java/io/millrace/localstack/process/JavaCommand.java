package io.millrace.localstack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** Commands that run Java with the same JDK as this process. */
public final class JavaCommand {
    private JavaCommand() {}

    /** The java program of this process. */
    public static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    /**
     * A command line.
     *
     * @param options for the virtual machine, class path included
     * @param program the main class or {@code -jar}, and its arguments
     */
    public static List<String> of(List<String> options, List<String> program) {
        return Stream.of(List.of(java().toString()), options, program)
                .flatMap(List::stream)
                .toList();
    }

    /** The same with a class path of its own. */
    public static List<String> of(List<String> options, Library library, List<String> program) {
        return of(Stream.of(options, library.options()).flatMap(List::stream).toList(), program);
    }
}
