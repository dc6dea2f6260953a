package io.millrace.localstack.clickhouse;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.millrace.localstack.process.StackException;
import org.junit.jupiter.api.Test;

class ClickHousePackageTest {
    @Test
    void everySupportedMachineHasItsPackage() {
        assertThat(ClickHousePackage.of("Linux", "amd64", false).spec())
                .isEqualTo("@chdb/lib-linux-x64-gnu@26.7.3-stable.1");
        assertThat(ClickHousePackage.of("Linux", "aarch64", false).name()).isEqualTo("@chdb/lib-linux-arm64-gnu");
        assertThat(ClickHousePackage.of("Mac OS X", "aarch64", false).name()).isEqualTo("@chdb/lib-darwin-arm64");
        assertThat(ClickHousePackage.of("Mac OS X", "x86_64", false).name()).isEqualTo("@chdb/lib-darwin-x64");
    }

    @Test
    void checksumIsPinnedForTheMachineThatIsBuiltOn() {
        assertThat(ClickHousePackage.of("Linux", "amd64", false).integrity()).isPresent();
    }

    @Test
    void otherMachinesAreToldWhatElseWorks() {
        assertThatThrownBy(() -> ClickHousePackage.of("Linux", "amd64", true))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("musl")
                .hasMessageContaining("MILLRACE_EXTERNAL_CLICKHOUSE");
        assertThatThrownBy(() -> ClickHousePackage.of("Windows 11", "amd64", false))
                .isInstanceOf(StackException.class)
                .hasMessageContaining("Windows 11 on amd64");
        assertThatThrownBy(() -> ClickHousePackage.of("Linux", "riscv64", false))
                .isInstanceOf(StackException.class);
    }
}
