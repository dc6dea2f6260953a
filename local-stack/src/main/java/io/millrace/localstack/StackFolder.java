package io.millrace.localstack;

import io.millrace.localstack.process.ManagedProcess;
import io.millrace.localstack.process.PidFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Where everything of one stack lies: {@code <part>/} its data, {@code logs/<part>.log}, {@code run/<part>.pid}.
 *
 * @param root the folder; readable by its owner only, since passwords lie in it
 */
public record StackFolder(Path root) {
    public StackFolder {
        root = root.toAbsolutePath().normalize();
    }

    /** Makes the folder if it is not there. */
    public StackFolder create() {
        try {
            if (!Files.isDirectory(root)) {
                Files.createDirectories(root.getParent());
                Files.createDirectory(
                        root, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
            }
            return this;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A part's data. */
    public Path data(Part part) {
        return root.resolve(part.id());
    }

    /** A part's log. */
    public Path log(Part part) {
        return logs().resolve(part.id() + ".log");
    }

    /** All logs. */
    public Path logs() {
        return root.resolve("logs");
    }

    /** The note of a part's process. */
    public PidFile pidFile(Part part) {
        return new PidFile(root.resolve("run").resolve(part.id() + ".pid"));
    }

    /** A part's process, running or not. */
    public ManagedProcess process(Part part) {
        return new ManagedProcess(part.title(), pidFile(part), log(part));
    }
}
