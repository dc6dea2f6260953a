package io.millrace.localstack.process;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/**
 * The note by which a later process finds one that was started earlier: one line, pid and start.
 *
 * @param path where the note lies
 */
public record PidFile(Path path) {

    /** Replaces the note in one step, so that a reader sees the old or the new one. */
    public void write(ProcessIdentity identity) {
        try {
            Files.createDirectories(path.toAbsolutePath().getParent());
            Path draft = path.resolveSibling(path.getFileName() + ".new");
            Files.writeString(draft, identity.pid() + " " + identity.start() + "\n");
            Files.move(draft, path, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The process the note speaks of, if it still runs. A note that cannot be understood speaks of none. */
    public Optional<ProcessIdentity> running() {
        return noted().filter(ProcessIdentity::isAlive);
    }

    /** The process the note speaks of, running or not. */
    public Optional<ProcessIdentity> noted() {
        try {
            String[] words = Files.readString(path).strip().split(" ", -1);
            return words.length == 2 && words[0].matches("[1-9][0-9]{0,17}") && !words[1].isEmpty()
                    ? Optional.of(new ProcessIdentity(Long.parseLong(words[0]), words[1]))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            return Optional.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Forgets the process. */
    public void delete() {
        try {
            Files.deleteIfExists(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
