package io.millrace.localstack;

import io.millrace.localstack.cache.Cache;
import io.millrace.localstack.process.JavaCommand;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.PathMatcher;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A service as it was built, and its archive unpacked for running: a third of the processor time to start, since the
 * virtual machine keeps classes only of plain archives, and a build that goes on beside a running service does not
 * take its classes away.
 *
 * @param root the checkout
 * @param part which service
 */
public record ServiceArchive(Path root, Part part) {
    private static final int VERSION_DIGITS = 12;
    private static final int VERSIONS_KEPT = 2;

    /** What was built; equal for equal content, however often it is built. */
    public String version() {
        try (InputStream in = Files.newInputStream(built());
                DigestInputStream digested = new DigestInputStream(in, MessageDigest.getInstance("SHA-256"))) {
            digested.transferTo(OutputStream.nullOutputStream());
            return HexFormat.of()
                    .formatHex(digested.getMessageDigest().digest())
                    .substring(0, VERSION_DIGITS);
        } catch (IOException e) {
            throw new StackException("cannot read " + built(), e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    /** The folder of the present version, unpacked first when it is not there. */
    public Path unpacked() throws IOException {
        Path versions = target().resolve("unpacked");
        Cache unpacked = new Cache(versions);
        String version = version();
        Path folder = unpacked.folder(version, this::unpack);
        forgetOldVersions(versions, folder);
        return folder;
    }

    /** The archive to run in an unpacked folder. */
    public Path runnable(Path folder) {
        return folder.resolve(built().getFileName());
    }

    /** Unpacks it into a folder of one's own, where no later build has it deleted. */
    public void unpack(Path folder) throws IOException {
        List<String> options = List.of("-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Djarmode=tools");
        List<String> program =
                List.of("-jar", built().toString(), "extract", "--force", "--destination", folder.toString());
        Process extract = new ProcessBuilder(JavaCommand.of(options, program))
                .redirectErrorStream(true)
                .start();
        String said = new String(extract.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (extract.waitFor() != 0) {
                throw new StackException("cannot unpack " + built() + ":\n" + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted while unpacking " + built(), e);
        }
    }

    private static void forgetOldVersions(Path versions, Path present) throws IOException {
        try (Stream<Path> all = Files.list(versions)) {
            all.filter(Files::isDirectory)
                    .filter(folder -> !folder.equals(present))
                    .sorted(Comparator.comparingLong(
                                    (Path folder) -> folder.toFile().lastModified())
                            .reversed())
                    .skip(VERSIONS_KEPT - 1)
                    .forEach(Cache::delete);
        }
    }

    private Path built() {
        PathMatcher pattern = FileSystems.getDefault().getPathMatcher("glob:" + part.id() + "-*-exec.jar");
        if (Files.isDirectory(target())) {
            try (Stream<Path> files = Files.list(target())) {
                Optional<Path> found = files.filter(file -> pattern.matches(file.getFileName()))
                        .findFirst();
                if (found.isPresent()) {
                    return found.get();
                }
            } catch (IOException e) {
                throw new StackException("cannot read " + target(), e);
            }
        }
        throw new StackException(part.title() + " has not been built: there is no archive in " + target());
    }

    private Path target() {
        return root.resolve(part.id()).resolve("target");
    }
}
