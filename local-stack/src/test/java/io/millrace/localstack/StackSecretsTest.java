package io.millrace.localstack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.process.StackException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StackSecretsTest {
    @TempDir
    private Path root;

    @Test
    void aFolderKeepsItsSecrets() {
        StackFolder folder = new StackFolder(root);
        assertThat(StackSecrets.of(folder)).isEqualTo(StackSecrets.of(folder));
    }

    @Test
    void foldersDifferAndSecretsAreLong() {
        StackSecrets one = StackSecrets.of(new StackFolder(root.resolve("one")).create());
        StackSecrets other = StackSecrets.of(new StackFolder(root.resolve("other")).create());
        assertThat(one.adminToken()).isNotEqualTo(other.adminToken()).matches("[0-9a-f]{40}");
        assertThat(one.clickHousePassword()).isNotEqualTo(one.postgresPassword());
    }

    @Test
    void onlyTheOwnerReadsThem() throws IOException {
        StackFolder folder = new StackFolder(root.resolve("new")).create();
        StackSecrets secrets = StackSecrets.of(folder);
        assertThat(PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(folder.root().resolve("secrets.properties"))))
                .isEqualTo("rw-------");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(folder.root())))
                .isEqualTo("rwx------");
        assertThat(secrets.toString()).doesNotContain(secrets.adminToken());
    }

    @Test
    void missingSecretIsNamed() throws IOException {
        Files.writeString(root.resolve("secrets.properties"), "admin.token=x\n");
        assertThatThrownBy(() -> StackSecrets.of(new StackFolder(root)))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("clickhouse.password is missing");
    }
}
