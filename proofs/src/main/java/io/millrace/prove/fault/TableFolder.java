package io.millrace.prove.fault;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A table's folder on ClickHouse's disk: its parts, and the log of the tokens it has noted.
 *
 * @param path where it lies
 */
record TableFolder(Path path) {
    private static final String TOKENS = "deduplication_logs";

    /** The log of tokens that is written at present: operation, part and block a line, with tabs between. */
    Path tokens() throws IOException {
        Path newest = null;
        try (DirectoryStream<Path> logs = Files.newDirectoryStream(path.resolve(TOKENS))) {
            for (Path log : logs) {
                if (newest == null || number(log) > number(newest)) {
                    newest = log;
                }
            }
        }
        if (newest == null) {
            throw new IOException("no log of tokens in " + path);
        }
        return newest;
    }

    /** Whether the part of the token noted last is there; for a moment it is not. */
    boolean hasPartOfLastToken() throws IOException {
        String log = Files.readString(tokens(), StandardCharsets.UTF_8).stripTrailing();
        String[] last = log.substring(log.lastIndexOf('\n') + 1).split("\t", -1);
        return last.length > 1 && Files.isDirectory(path.resolve(last[1]));
    }

    private static long number(Path log) {
        String name = log.getFileName().toString();
        return Long.parseLong(name.substring(name.lastIndexOf('_') + 1, name.lastIndexOf('.')));
    }
}
