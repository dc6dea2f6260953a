package io.millrace.localstack.clickhouse;

import io.millrace.localstack.cache.Integrity;
import io.millrace.localstack.process.StackException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * The published package that holds ClickHouse as a library, for one kind of machine.
 *
 * @param name the package's name in the npm registry
 * @param integrity its checksum where we have pinned it; elsewhere the registry is asked
 */
record ClickHousePackage(String name, Optional<Integrity> integrity) {
    static final String VERSION = "26.7.3-stable.1";
    /** Compressed, of the pinned package; the others are about as large. */
    static final long SIZE_BYTES = 177_817_999;

    static final String LIBRARY = "libchdb.so";

    private static final Integrity LINUX_X64 = new Integrity(
            "sha512-XP97mMqnc5tZpKQywR8N7cLTsHNiTmHr30pC5mzo3jWmukjKn2IBa60c2B/gWUNcuFjOMjWoorQICCqBVj5wpw==");

    static ClickHousePackage ofThisMachine() {
        boolean musl =
                Files.exists(Path.of("/lib/ld-musl-x86_64.so.1")) || Files.exists(Path.of("/lib/ld-musl-aarch64.so.1"));
        return of(System.getProperty("os.name"), System.getProperty("os.arch"), musl);
    }

    static ClickHousePackage of(String system, String processor, boolean musl) {
        String os = system.toLowerCase(Locale.ROOT);
        boolean arm = processor.equals("aarch64") || processor.equals("arm64");
        boolean intel = processor.equals("amd64") || processor.equals("x86_64");
        if (os.equals("linux") && !musl && intel) {
            return new ClickHousePackage("@chdb/lib-linux-x64-gnu", Optional.of(LINUX_X64));
        }
        if (os.equals("linux") && !musl && arm) {
            return new ClickHousePackage("@chdb/lib-linux-arm64-gnu", Optional.empty());
        }
        if (os.startsWith("mac") && (arm || intel)) {
            return new ClickHousePackage("@chdb/lib-darwin-" + (arm ? "arm64" : "x64"), Optional.empty());
        }
        throw new StackException("ClickHouse is not published as a library for " + system + " on " + processor
                + (musl ? " with musl" : "") + ". Put a clickhouse program on the PATH, or name a running one with "
                + "MILLRACE_EXTERNAL_CLICKHOUSE.");
    }

    String spec() {
        return name + "@" + VERSION;
    }
}
