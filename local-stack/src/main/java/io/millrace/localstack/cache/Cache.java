package io.millrace.localstack.cache;

import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Folders that are filled once per machine and then only read.
 *
 * <p>An entry appears under its name in one step when it is complete, so one that was cut off is never used: the next
 * caller throws it away and fills it again. Of several processes that want the same entry, one fills and the others
 * wait.
 *
 * @param root {@code $MILLRACE_CACHE}, else {@code $XDG_CACHE_HOME/millrace}, else {@code ~/.cache/millrace}
 */
public record Cache(Path root) {
    private static final Object IN_THIS_PROCESS = new Object();

    /** The cache this environment asks for. */
    public static Cache of(Map<String, String> environment) {
        return Optional.ofNullable(environment.get("MILLRACE_CACHE"))
                .filter(value -> !value.isBlank())
                .map(Path::of)
                .or(() -> Optional.ofNullable(environment.get("XDG_CACHE_HOME"))
                        .filter(value -> !value.isBlank())
                        .map(home -> Path.of(home, "millrace")))
                .map(path -> new Cache(path.toAbsolutePath()))
                .orElseGet(() -> new Cache(Path.of(System.getProperty("user.home"), ".cache", "millrace")));
    }

    /** Fills a folder that is empty at first. */
    @FunctionalInterface
    public interface Filler {
        /** Puts everything into the folder; failing leaves no entry behind. */
        void fill(Path folder) throws IOException;
    }

    /**
     * The folder of this name, filled first when it is not there.
     *
     * @param name the entry; everything its content depends on belongs into it
     */
    public Path folder(String name, Filler filler) {
        Path entry = root.resolve(name);
        if (Files.isDirectory(entry)) {
            return entry;
        }
        try {
            Files.createDirectories(root);
            // A file lock belongs to the whole process, so threads of one are kept apart first.
            synchronized (IN_THIS_PROCESS) {
                return fillLocked(name, filler, entry);
            }
        } catch (IOException e) {
            throw new StackException("cannot use the cache " + root + ": " + e.getMessage(), e);
        }
    }

    private Path fillLocked(String name, Filler filler, Path entry) throws IOException {
        Path lock = root.resolve(name + ".lock");
        try (FileChannel channel = FileChannel.open(lock, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var held = channel.lock()) {
            if (held.isValid() && !Files.isDirectory(entry)) {
                Path draft = root.resolve(name + ".partial");
                delete(draft);
                Files.createDirectory(draft);
                filler.fill(draft);
                Files.move(draft, entry, StandardCopyOption.ATOMIC_MOVE);
            }
            return entry;
        }
    }

    /** Deletes a folder with all it holds; nothing when it is not there. */
    public static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            List<Path> deepestFirst = all.sorted(Comparator.reverseOrder()).toList();
            for (Path path : deepestFirst) {
                Files.deleteIfExists(path);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
