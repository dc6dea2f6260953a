package io.millrace.kit.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@ExtendWith(OutputCaptureExtension.class)
class FailedStartTest {

    /** Boot's own report of a failed binding prints the property's value. */
    @Test
    void reportNamesThePropertyAndKeepsThePassword(CapturedOutput output) {
        assertThatThrownBy(() -> new SpringApplicationBuilder(PostgresConnection.class)
                        .web(WebApplicationType.NONE)
                        .properties(
                                "spring.application.name=test", "millrace.postgres.url=postgresql://u:hunter2@host/db")
                        .run())
                .isInstanceOf(RuntimeException.class);
        assertThat(output.getAll())
                .contains("millrace.postgres.url must look like")
                .doesNotContain("hunter2");
    }
}
