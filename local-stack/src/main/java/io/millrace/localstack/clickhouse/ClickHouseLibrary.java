package io.millrace.localstack.clickhouse;

import io.millrace.localstack.cache.ByteProgress;
import io.millrace.localstack.cache.Cache;
import io.millrace.localstack.cache.Integrity;
import io.millrace.localstack.process.StackException;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;

/** ClickHouse as a library: fetched once, checked, and kept in the cache. */
final class ClickHouseLibrary {
    private final Cache cache;

    ClickHouseLibrary(Cache cache) {
        this.cache = cache;
    }

    /** The library's file, fetched first when it is not in the cache. */
    Path locate() {
        ClickHousePackage wanted = ClickHousePackage.ofThisMachine();
        String entry =
                wanted.name().replaceAll("[^a-z0-9]+", "-").replaceAll("^-", "") + "-" + ClickHousePackage.VERSION;
        return cache.folder(entry, folder -> fetch(wanted, folder)).resolve(ClickHousePackage.LIBRARY);
    }

    private static void fetch(ClickHousePackage wanted, Path folder) throws IOException {
        Npm npm = new Npm();
        Integrity published =
                wanted.integrity().isPresent() ? wanted.integrity().get() : new Integrity(npm.integrity(wanted.spec()));
        Path work = Files.createDirectory(folder.resolve("work"));
        ByteProgress progress = new ByteProgress(
                "Fetching ClickHouse (once)", ClickHousePackage.SIZE_BYTES, System.err, ByteProgress.onTerminal());
        Path archive = npm.pack(wanted.spec(), work, progress);
        published.check(archive);
        unpack(archive, folder.resolve(ClickHousePackage.LIBRARY));
        progress.done();
        Cache.delete(work);
    }

    private static void unpack(Path archive, Path library) throws IOException {
        try (InputStream file = new BufferedInputStream(Files.newInputStream(archive));
                TarArchiveInputStream tar = new TarArchiveInputStream(new GzipCompressorInputStream(file))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                if (entry.getName().equals("package/" + ClickHousePackage.LIBRARY)) {
                    Files.copy(tar, library);
                    // The entry's appearing under its name must not outrun its bytes.
                    try (var channel = FileChannel.open(library, StandardOpenOption.WRITE)) {
                        channel.force(true);
                    }
                    return;
                }
            }
        }
        throw new StackException("there is no " + ClickHousePackage.LIBRARY + " in " + archive.getFileName());
    }
}
