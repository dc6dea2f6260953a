package io.millrace.localstack;

import io.millrace.localstack.process.PrivateFile;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Properties;

/**
 * The passwords of one stack, made when its folder is made and kept in it.
 *
 * @param clickHousePassword of the user {@code millrace}
 * @param postgresPassword of the user {@code millrace}
 * @param s3Access the access key
 * @param s3Secret the secret key
 * @param adminToken the bearer token of the administration API
 */
record StackSecrets(
        String clickHousePassword, String postgresPassword, String s3Access, String s3Secret, String adminToken) {
    private static final String FILE = "secrets.properties";
    private static final int SECRET_BYTES = 20;

    /** Reads the secrets of a folder, and makes them first if there are none. */
    static StackSecrets of(StackFolder folder) {
        Path file = folder.root().resolve(FILE);
        try {
            if (!Files.exists(file)) {
                PrivateFile.write(file, draw());
            }
            Properties kept = new Properties();
            try (var reader = Files.newBufferedReader(file)) {
                kept.load(reader);
            }
            return new StackSecrets(
                    required(kept, "clickhouse.password", file),
                    required(kept, "postgres.password", file),
                    required(kept, "s3.access", file),
                    required(kept, "s3.secret", file),
                    required(kept, "admin.token", file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String draw() {
        SecureRandom random = new SecureRandom();
        StringBuilder lines = new StringBuilder();
        for (String name :
                new String[] {"clickhouse.password", "postgres.password", "s3.access", "s3.secret", "admin.token"}) {
            byte[] bytes = new byte[SECRET_BYTES];
            random.nextBytes(bytes);
            // Hexadecimal needs no escaping in URLs, XML, SQL or shells.
            lines.append(name)
                    .append('=')
                    .append(HexFormat.of().formatHex(bytes))
                    .append('\n');
        }
        return lines.toString();
    }

    private static String required(Properties kept, String name, Path file) {
        String value = kept.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new StackException(name + " is missing in " + file);
        }
        return value;
    }

    /** Nothing secret, so that a log may have it. */
    @Override
    public String toString() {
        return "StackSecrets[…]";
    }
}
