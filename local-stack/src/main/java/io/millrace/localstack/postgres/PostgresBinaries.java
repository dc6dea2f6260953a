package io.millrace.localstack.postgres;

import io.millrace.localstack.cache.Cache;
import io.millrace.localstack.process.StackException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Locale;
import java.util.Properties;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/** PostgreSQL's programs for this machine, unpacked once from the published archive on the class path. */
final class PostgresBinaries {
    private static final int OWNER_MAY_EXECUTE = 0100;

    private final Cache cache;

    PostgresBinaries(Cache cache) {
        this.cache = cache;
    }

    /** The folder of the programs. */
    Path locate() {
        String machine = machine(System.getProperty("os.name"), System.getProperty("os.arch"));
        return cache.folder("postgresql-" + version() + "-" + machine, folder -> unpack(machine, folder))
                .resolve("bin");
    }

    /** The machine as the archive's name has it. */
    static String machine(String system, String processor) {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        if (os.equals("linux")) {
            return arm ? "linux-arm_64" : "linux-x86_64";
        }
        if (os.startsWith("mac")) {
            return arm ? "darwin-arm_64" : "darwin-x86_64";
        }
        throw new StackException("PostgreSQL is not packaged for " + system + " on " + processor
                + "; name a running one with MILLRACE_EXTERNAL_POSTGRES");
    }

    private static String version() {
        Properties versions = new Properties();
        try (InputStream in =
                PostgresBinaries.class.getResourceAsStream("/io/millrace/localstack/versions.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return versions.getProperty("postgresql-server", "");
    }

    private static void unpack(String machine, Path folder) throws IOException {
        String archive = "/postgres-" + machine + ".txz";
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new StackException("PostgreSQL's archive " + archive + " is not on the class path");
            }
            try (TarArchiveInputStream tar =
                    new TarArchiveInputStream(new XZCompressorInputStream(new BufferedInputStream(packed)))) {
                for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                    unpack(entry, tar, folder);
                }
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path folder) throws IOException {
        Path target = folder.resolve(entry.getName()).normalize();
        if (!target.startsWith(folder)) {
            throw new StackException("PostgreSQL's archive reaches outside its folder: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(target);
            return;
        }
        Files.createDirectories(target.getParent());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(target, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, target);
            if ((entry.getMode() & OWNER_MAY_EXECUTE) != 0) {
                Files.setPosixFilePermissions(target, PosixFilePermissions.fromString("rwxr-xr-x"));
            }
        }
    }
}
