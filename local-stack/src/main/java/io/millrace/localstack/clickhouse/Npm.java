package io.millrace.localstack.clickhouse;

import io.millrace.localstack.cache.ByteProgress;
import io.millrace.localstack.process.StackException;
import io.millrace.localstack.process.Tools;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The system's own npm client, which knows the user's registry, proxy and certificates. */
final class Npm {
    private static final long LOOK_EVERY_MILLIS = 250;

    private final Path program;

    Npm() {
        program = Tools.find("npm")
                .orElseThrow(
                        () -> new StackException("npm is needed once, to fetch ClickHouse's library, and is not on "
                                + "the PATH. Install it (Debian, Ubuntu: apt-get install npm; macOS: brew install node), or "
                                + "put a clickhouse program on the PATH."));
    }

    /** The checksum the registry publishes for a package. */
    String integrity(String spec) throws IOException {
        Path said = Files.createTempFile("millrace-npm", ".txt");
        try {
            Process npm = new ProcessBuilder(program.toString(), "view", spec, "dist.integrity")
                    .redirectOutput(said.toFile())
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            if (exitCode(npm) != 0) {
                throw new StackException(
                        "the npm registry does not know " + spec + ", or cannot be reached; try: npm view " + spec);
            }
            return Files.readString(said).strip();
        } finally {
            Files.deleteIfExists(said);
        }
    }

    /**
     * Downloads a package.
     *
     * @param folder where the archive goes; what is in it meanwhile shows the progress
     * @return the archive
     */
    Path pack(String spec, Path folder, ByteProgress progress) throws IOException {
        Path errors = folder.resolve("npm.log");
        Path archives = Files.createDirectory(folder.resolve("archive"));
        // A cache of its own: its growth is the progress, and the user's keeps no second copy.
        List<String> words = List.of(
                program.toString(),
                "pack",
                spec,
                "--loglevel=error",
                "--cache=" + folder.resolve("npm"),
                "--pack-destination=" + archives);
        Process npm = new ProcessBuilder(words)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(errors.toFile())
                .start();
        try {
            while (!npm.waitFor(LOOK_EVERY_MILLIS, TimeUnit.MILLISECONDS)) {
                progress.show(bytesIn(folder.resolve("npm")));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while fetching " + spec, e);
        } finally {
            npm.destroy();
        }
        if (npm.exitValue() != 0) {
            throw new StackException("npm could not fetch " + spec + ":\n"
                    + Files.readString(errors).strip() + "\nIs the npm registry reachable? Try: npm view " + spec);
        }
        try (Stream<Path> packed = Files.list(archives)) {
            return packed.findFirst().orElseThrow(() -> new StackException("npm pack left no archive of " + spec));
        }
    }

    private static int exitCode(Process npm) {
        try {
            return npm.waitFor();
        } catch (InterruptedException e) {
            npm.destroy();
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while asking npm", e);
        }
    }

    private static long bytesIn(Path folder) throws IOException {
        if (!Files.exists(folder)) {
            return 0;
        }
        try (Stream<Path> all = Files.walk(folder)) {
            return all.map(Path::toFile).mapToLong(File::length).sum();
        } catch (UncheckedIOException movedMeanwhile) {
            return 0;
        }
    }
}
