package io.millrace.localstack.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.address.ServerUrl;
import io.millrace.localstack.Part;
import io.millrace.localstack.PrivateStack;
import io.millrace.localstack.Server;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ClickHouseServerIT {
    @RegisterExtension
    static final PrivateStack STACK = new PrivateStack("clickhouse", Part.CLICKHOUSE);

    private final Server clickHouse = STACK.stack().clickHouse();
    private final Sql sql = new Sql(ServerUrl.parse(clickHouse.url()));

    @BeforeAll
    static void oneTable() throws IOException, InterruptedException {
        new Sql(ServerUrl.parse(STACK.stack().clickHouse().url()))
                .ask("CREATE TABLE kept (n Int64) ENGINE = MergeTree ORDER BY n "
                        + "SETTINGS fsync_after_insert = 1, fsync_part_directory = 1");
    }

    @Test
    void insertedRowsAreKeptOverStopAndKill() throws IOException, InterruptedException {
        sql.ask("TRUNCATE TABLE kept");
        sql.ask("INSERT INTO kept VALUES (1)");
        clickHouse.stop();
        assertThat(clickHouse.problem()).contains("not running");
        clickHouse.start();
        sql.ask("INSERT INTO kept VALUES (2)");
        clickHouse.kill();
        clickHouse.start();
        sql.ask("INSERT INTO kept VALUES (3)");
        assertThat(sql.ask("SELECT groupArray(n) FROM (SELECT n FROM kept ORDER BY n)"))
                .isEqualTo("[1,2,3]");
    }

    @Test
    void crashWhileStoppingLeavesItsNoteAmongTheLogsOnly() throws IOException {
        clickHouse.stop();
        clickHouse.start();
        try (Stream<Path> files = Files.list(STACK.folder().data(Part.CLICKHOUSE))) {
            assertThat(files.map(file -> file.getFileName().toString()))
                    .allMatch(name -> !name.startsWith("hs_err") && !name.startsWith("core"));
        }
    }

    @Test
    void wrongPasswordIsRefused() throws IOException, InterruptedException {
        assertThat(sql.as("millrace", "guessed", "SELECT 1").statusCode()).isEqualTo(403);
        assertThat(sql.as("millrace", "", "SELECT 1").statusCode()).isEqualTo(403);
    }

    @Test
    void processesOwnUserReadsAndWritesNothing() throws IOException, InterruptedException {
        for (String forbidden : List.of(
                "SELECT * FROM millrace.kept",
                "INSERT INTO millrace.kept VALUES (9)",
                "SELECT * FROM system.users",
                "SELECT * FROM url('http://127.0.0.1:1/', LineAsString)",
                "SELECT * FROM file('/etc/passwd', LineAsString)",
                "CREATE TABLE millrace.other (n Int64) ENGINE = Memory",
                "SYSTEM SHUTDOWN")) {
            assertThat(sql.as("default", "", forbidden).body()).as(forbidden).contains("ACCESS_DENIED");
        }
    }

    @Test
    void isThePinnedVersionInUtcWithTheSettingsThePromisesNeed() throws IOException, InterruptedException {
        assertThat(sql.ask("SELECT version()")).startsWith("26.7.");
        assertThat(sql.ask("SELECT timezone()")).isIn("UTC", "Etc/UTC");
        assertThat(sql.ask("SELECT value FROM system.settings WHERE name = 'async_insert'"))
                .isEqualTo("0");
    }

    @Test
    void partsAreLoggedAfterARestartToo() throws IOException, InterruptedException {
        assertPartsAreLogged();
        clickHouse.stop();
        clickHouse.start();
        assertPartsAreLogged();
    }

    private void assertPartsAreLogged() throws IOException, InterruptedException {
        sql.ask("INSERT INTO kept VALUES (4)");
        sql.ask("SYSTEM FLUSH LOGS part_log");
        assertThat(sql.ask("SELECT count() > 0 FROM system.part_log WHERE table = 'kept' AND event_type = 'NewPart'"))
                .isEqualTo("1");
    }
}
