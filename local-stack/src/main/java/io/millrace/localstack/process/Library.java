package io.millrace.localstack.process;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A program's own class path.
 *
 * @param jars the folder of its archives
 * @param sharedClasses the classes it has loaded before
 */
public record Library(Path jars, SharedClasses sharedClasses) {

    /** The options of the virtual machine that say so. */
    public List<String> options() {
        return Stream.concat(sharedClasses.options().stream(), Stream.of("-cp", jars + "/*"))
                .toList();
    }
}
