package io.millrace.cli.env;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A file of settings that a shell can source as well: lines {@code NAME=value} or {@code export NAME=value}, the value
 * bare or in quotes, comments with {@code #}. Nothing is expanded.
 *
 * <p>Writing replaces the file in one step and lets only its owner read it, since such files hold keys.
 */
public final class EnvironmentFile {
    private static final Pattern ASSIGNMENT = Pattern.compile("(?:export\\s+)?([A-Z][A-Z0-9_]*)=(.*)");
    private static final Pattern PLAIN_VALUE = Pattern.compile("[^\\s'\"$`\\\\]*");

    private EnvironmentFile() {}

    /**
     * Reads a file's settings in their order.
     *
     * @throws IOException when the file cannot be read or holds a line that is no assignment; names the line
     */
    public static Map<String, String> read(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        int number = 0;
        for (String line : Files.readAllLines(file)) {
            number++;
            String text = line.strip();
            if (text.isEmpty() || text.startsWith("#")) {
                continue;
            }
            Matcher assignment = ASSIGNMENT.matcher(text);
            if (!assignment.matches()) {
                throw new IOException(file + ", line " + number + ": not of the form NAME=value");
            }
            values.put(assignment.group(1), unquote(assignment.group(2)));
        }
        return values;
    }

    /**
     * Writes a file anew.
     *
     * @throws IllegalArgumentException when a value cannot stand between single quotes on one line
     */
    public static void write(Path file, Map<String, String> values) throws IOException {
        StringBuilder text = new StringBuilder();
        values.forEach((name, value) ->
                text.append(name).append("='").append(plain(value)).append("'\n"));
        Files.createDirectories(file.toAbsolutePath().getParent());
        Path draft = file.resolveSibling(file.getFileName() + ".new");
        Files.deleteIfExists(draft);
        Files.createFile(draft, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(draft, text, StandardOpenOption.WRITE);
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    private static String unquote(String value) {
        for (String quote : new String[] {"'", "\""}) {
            if (value.length() >= 2 && value.startsWith(quote) && value.endsWith(quote)) {
                return value.substring(1, value.length() - 1);
            }
        }
        return value;
    }

    private static String plain(String value) {
        if (!PLAIN_VALUE.matcher(value).matches()) {
            throw new IllegalArgumentException("a value holds a quote, a space or another character of the shell's");
        }
        return value;
    }
}
