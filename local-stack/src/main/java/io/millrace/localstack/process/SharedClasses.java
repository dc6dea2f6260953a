package io.millrace.localstack.process;

import java.nio.file.Path;
import java.util.List;

/**
 * The classes a program has loaded before, kept in a file that the virtual machine makes itself when the program ends
 * in good order, and again when it does not fit any more. Saves about half of the processor time to start.
 *
 * @param file where they are kept
 */
public record SharedClasses(Path file) {

    /** The options of the virtual machine that say so. */
    public List<String> options() {
        return List.of(
                "-XX:+AutoCreateSharedArchive",
                "-XX:SharedArchiveFile=" + file,
                // Two programs may end, and write the file, at the same moment; a spoilt one is not used.
                "-XX:+VerifySharedSpaces",
                // What cannot be kept is nobody's concern.
                "-Xlog:cds*=off",
                "-Xlog:aot*=off");
    }
}
