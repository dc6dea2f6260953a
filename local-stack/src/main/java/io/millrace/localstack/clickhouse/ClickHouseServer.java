package io.millrace.localstack.clickhouse;

import io.millrace.localstack.cache.Cache;
import io.millrace.localstack.process.Command;
import io.millrace.localstack.process.JavaCommand;
import io.millrace.localstack.process.PrivateFile;
import io.millrace.localstack.process.Recipe;
import io.millrace.localstack.process.StackException;
import io.millrace.localstack.process.Tools;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** ClickHouse: a {@code clickhouse} program on the PATH if there is one, else the library in a JVM of its own. */
public final class ClickHouseServer implements Recipe {
    private final ClickHouseSettings settings;
    private final Optional<Path> program;

    /** The server with these settings. */
    public ClickHouseServer(ClickHouseSettings settings) {
        this.settings = settings;
        this.program = Tools.find("clickhouse");
    }

    @Override
    public void prepare() throws IOException {
        Files.createDirectories(settings.folder());
        Files.createDirectories(settings.logs());
        PrivateFile.write(config(), ClickHouseConfig.server(settings));
        PrivateFile.write(
                settings.folder().resolve("users.xml"),
                ClickHouseConfig.users(sha256(settings.url().password())));
        if (program.isEmpty()) {
            library();
            // The library forgets its own log tables when it ends, and then finds their folders in its way.
            Cache.delete(settings.folder().resolve("data/data/system"));
        }
    }

    @Override
    public Command command() {
        // The server's clock is UTC whatever the machine's is; the library takes it from here, not from its file.
        Map<String, String> environment = Map.of("TZ", "UTC");
        return new Command(
                program.map(path -> List.of(path.toString(), "server", "--config-file=" + config()))
                        .orElseGet(this::host),
                environment,
                settings.folder());
    }

    @Override
    public void complete() {
        probe().problemOf("CREATE DATABASE IF NOT EXISTS millrace").ifPresent(problem -> {
            throw new StackException("ClickHouse does not create the database millrace: " + problem);
        });
    }

    @Override
    public Optional<String> problem() {
        return probe().problem();
    }

    private ClickHouseProbe probe() {
        return new ClickHouseProbe(settings.url());
    }

    private List<String> host() {
        List<String> options = List.of(
                "-Dmillrace.part=clickhouse",
                "-Xmx64m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                // The library may crash while the process is ending; the note of it belongs to the logs.
                "-XX:ErrorFile=" + settings.logs().resolve("clickhouse-jvm-%p.log"),
                "-XX:-CreateCoredumpOnCrash",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                ownClasses().toString());
        return JavaCommand.of(
                options, List.of(ClickHouseHost.class.getName(), library().toString(), config().toString()));
    }

    private static Path library() {
        return new ClickHouseLibrary(Cache.of(System.getenv())).locate();
    }

    private static Path ownClasses() {
        try {
            return Path.of(ClickHouseHost.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    private Path config() {
        return settings.folder().resolve("config.xml");
    }

    private static String sha256(String text) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
