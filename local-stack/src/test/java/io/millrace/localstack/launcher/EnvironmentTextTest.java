package io.millrace.localstack.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EnvironmentTextTest {
    @TempDir
    private Path folder;

    @ParameterizedTest
    @ValueSource(strings = {". ./env", "set -a; . ./env; set +a"})
    void shellThatSourcesItPassesTheSettingsOn(String source) throws IOException, InterruptedException {
        Map<String, String> settings = new LinkedHashMap<>();
        settings.put("MILLRACE_CLICKHOUSE_URL", "http://millrace:p@127.0.0.1:17712/?database=millrace");
        settings.put("MILLRACE_KAFKA", "a:1,b:2 $HOME `id` \"x\" \\ & ; *");
        Files.writeString(folder.resolve("env"), EnvironmentText.of(settings));
        Process shell = new ProcessBuilder(List.of(
                        "sh", "-c", source + "; exec env | grep '^MILLRACE_\\(CLICKHOUSE_URL\\|KAFKA\\)=' | sort"))
                .directory(folder.toFile())
                .start();
        assertThat(new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8).lines())
                .containsExactly(
                        "MILLRACE_CLICKHOUSE_URL=http://millrace:p@127.0.0.1:17712/?database=millrace",
                        "MILLRACE_KAFKA=a:1,b:2 $HOME `id` \"x\" \\ & ; *");
        assertThat(shell.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(strings = {"it's", "two\nlines"})
    void valueThatWouldEndTheQuoteIsRefused(String value) {
        assertThatThrownBy(() -> EnvironmentText.of(Map.of("MILLRACE_ADMIN_TOKEN", value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("MILLRACE_ADMIN_TOKEN")
                .hasMessageNotContaining(value);
    }

    @Test
    void eachSettingIsOneExport() {
        assertThat(EnvironmentText.of(Map.of("MILLRACE_KAFKA", "127.0.0.1:17710")))
                .endsWith("\nexport MILLRACE_KAFKA='127.0.0.1:17710'\n");
    }
}
