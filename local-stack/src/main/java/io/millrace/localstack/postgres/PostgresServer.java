package io.millrace.localstack.postgres;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.cache.Cache;
import io.millrace.localstack.process.Command;
import io.millrace.localstack.process.PrivateFile;
import io.millrace.localstack.process.Recipe;
import io.millrace.localstack.process.Signal;
import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PostgreSQL, run directly, without a Java process around it.
 *
 * @param folder where its data lies
 * @param url where it listens, its only account, and the database to have
 */
public record PostgresServer(Path folder, ServerUrl url) implements Recipe {
    /** The state "duplicate_database". */
    private static final String EXISTS_ALREADY = "42P04";

    @Override
    public void prepare() throws IOException {
        Files.createDirectories(folder);
        if (!Files.exists(data())) {
            initialize();
        }
        // The recorded process has ended, so its own note may only keep a stranger of the same pid from being told
        // apart.
        Files.deleteIfExists(data().resolve("postmaster.pid"));
    }

    @Override
    public Command command() {
        List<String> words = List.of(
                program("postgres"),
                "-D",
                data().toString(),
                "-p",
                Integer.toString(url.port()),
                "-c",
                "listen_addresses=127.0.0.1",
                // The path of a socket is limited to 107 bytes, which a deep checkout passes.
                "-c",
                "unix_socket_directories=",
                "-c",
                "shared_buffers=32MB",
                "-c",
                "max_wal_size=256MB",
                "-c",
                "log_timezone=UTC",
                "-c",
                "timezone=UTC");
        return new Command(RootlessUser.words(words), Map.of(), folder);
    }

    @Override
    public Signal politely() {
        // SIGTERM would wait until every client has left.
        return Signal.INT;
    }

    @Override
    public Optional<String> problem() {
        return probe().problem();
    }

    @Override
    public void complete() {
        try (Connection connection = probe().login();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE DATABASE " + url.database());
        } catch (SQLException e) {
            if (!EXISTS_ALREADY.equals(e.getSQLState())) {
                throw new StackException("PostgreSQL does not create the database " + url.database(), e);
            }
        }
    }

    /** The database that is there from the beginning, so that ours can be made from it. */
    private PostgresProbe probe() {
        return new PostgresProbe(
                new ServerUrl(url.scheme(), url.user(), url.password(), url.host(), url.port(), "postgres"));
    }

    private void initialize() throws IOException {
        Path draft = folder.resolve("data.partial");
        Cache.delete(draft);
        Path passwordFile = folder.resolve("password");
        PrivateFile.write(passwordFile, url.password());
        Process initdb = new ProcessBuilder(RootlessUser.words(List.of(
                        program("initdb"),
                        "-D",
                        draft.toString(),
                        "-U",
                        url.user(),
                        "-A",
                        "scram-sha-256",
                        "--pwfile=" + passwordFile,
                        "-E",
                        "UTF8",
                        "--locale=C")))
                .redirectErrorStream(true)
                .start();
        String said = new String(initdb.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        try {
            if (initdb.waitFor() != 0) {
                throw new StackException("PostgreSQL's initdb failed:\n" + said);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new StackException("interrupted during PostgreSQL's initdb", e);
        } finally {
            Files.deleteIfExists(passwordFile);
        }
        Files.move(draft, data(), StandardCopyOption.ATOMIC_MOVE);
    }

    private Path data() {
        return folder.resolve("data");
    }

    private static String program(String name) {
        return new PostgresBinaries(Cache.of(System.getenv()))
                .locate()
                .resolve(name)
                .toString();
    }
}
