package io.millrace.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.cli.door.ForeignDoor;
import io.millrace.cli.door.ForeignDoor.Request;
import io.millrace.cli.door.ForeignDoor.Told;
import io.millrace.cli.env.EnvironmentFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TenantKeysTest {
    @TempDir
    private Path folder;

    private final ForeignDoor foreign = new ForeignDoor();

    TenantKeysTest() throws IOException {}

    @AfterEach
    void close() {
        foreign.close();
    }

    @Test
    void newTenantGetsKeysThatAreKept() throws IOException {
        foreign.then(Told.json(201, "{}")).then(key("ingest-1")).then(key("query-1"));
        CommandLineRun run = load();
        assertThat(run.err()).isEmpty();
        assertThat(run.exitCode()).isZero();
        assertThat(foreign.requests())
                .extracting(Request::path, Request::key, Request::body)
                .containsExactly(
                        row("/admin/v1/tenants", "Bearer token", "{\"tenant\":\"shop\"}"),
                        row(
                                "/admin/v1/tenants/shop/keys",
                                "Bearer token",
                                foreign.requests().get(1).body()),
                        row(
                                "/admin/v1/tenants/shop/keys",
                                "Bearer token",
                                foreign.requests().get(2).body()),
                        row("/v1/events", "Bearer ingest-1", "a\n"));
        assertThat(foreign.requests().get(1).body()).contains("\"scopes\":[\"ingest\"]", "\"label\":\"load\"");
        assertThat(foreign.requests().get(2).body()).contains("\"scopes\":[\"query\"]", "\"label\":\"load\"");
        Path file = folder.resolve(".millrace/tenants/shop.env");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-------");
        assertThat(EnvironmentFile.read(file))
                .containsEntry("MILLRACE_INGEST_KEY", "ingest-1")
                .containsEntry("MILLRACE_QUERY_KEY", "query-1")
                .containsEntry("MILLRACE_QUERY_URL", "http://127.0.0.1:17702");
        assertThat(run.out())
                .contains(". " + file, "$MILLRACE_QUERY_URL/v1/counts?from=1970-01-01T00:00:00Z")
                .doesNotContain("query-1")
                .matches("(?s).*\naccepted 1, rejected 0, [0-9]+ events/s\n");
    }

    @Test
    void keptKeyIsUsedAgain() {
        foreign.then(Told.status(409)).then(key("ingest-1")).then(key("query-1"));
        load();
        load();
        assertThat(foreign.requests()).hasSize(6);
        assertThat(foreign.requests().subList(4, 6))
                .extracting(Request::path, Request::key, Request::body)
                .containsExactly(row("/v1/events", "Bearer ingest-1", ""), row("/v1/events", "Bearer ingest-1", "a\n"));
    }

    @Test
    void keptKeyThatIsNoLongerKnownIsReplaced() {
        foreign.then(Told.status(201)).then(key("ingest-1")).then(key("query-1"));
        load();
        foreign.then(Told.status(401))
                .then(Told.status(201))
                .then(key("ingest-2"))
                .then(key("query-2"));
        assertThat(load().exitCode()).isZero();
        assertThat(foreign.requests().getLast().key()).isEqualTo("Bearer ingest-2");
    }

    @Test
    void refusalIsToldAndNothingKept() {
        foreign.then(Told.json(403, "{\"code\":\"forbidden\",\"detail\":\"wrong token\"}"));
        CommandLineRun run = load();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("did not make the tenant shop: HTTP 403 forbidden: wrong token");
        foreign.then(Told.status(201)).then(Told.json(201, "{\"id\":\"1\"}"));
        assertThat(load().err()).contains("did not make a key for the tenant shop");
        assertThat(folder.resolve(".millrace")).doesNotExist();
    }

    @Test
    void silentAdministrationIsTold() {
        foreign.then(Told.hangUp());
        CommandLineRun run = load();
        assertThat(run.exitCode()).isEqualTo(2);
        assertThat(run.err()).contains("the administration at " + foreign.url() + " does not answer");
    }

    private CommandLineRun load() {
        Map<String, String> variables = Map.of(
                "MILLRACE_INGEST_URL", foreign.url(),
                "MILLRACE_INGEST_KEY", "other",
                "MILLRACE_ADMIN_URL", foreign.url(),
                "MILLRACE_ADMIN_TOKEN", "token",
                "MILLRACE_QUERY_URL", "http://127.0.0.1:17702");
        return CommandLineRun.of(folder, variables, "a\n", "load", "--tenant", "shop", "-");
    }

    private static Told key(String key) {
        return Told.json(201, "{\"id\":\"1\",\"key\":\"" + key + "\"}");
    }

    private static org.assertj.core.groups.Tuple row(Object... values) {
        return org.assertj.core.groups.Tuple.tuple(values);
    }
}
