package io.millrace.localstack;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class SharedStackIT {
    @Test
    void everyServerAnswersAndIsTheSameForAll() {
        LocalStack stack = LocalStack.shared();
        assertThat(stack.servers())
                .hasSize(4)
                .allSatisfy(server -> assertThat(server.problem()).isEmpty());
        assertThat(LocalStack.shared()).isSameAs(stack);
        assertThat(stack.environment())
                .containsOnlyKeys(
                        "MILLRACE_KAFKA",
                        "MILLRACE_CLICKHOUSE_URL",
                        "MILLRACE_POSTGRES_URL",
                        "MILLRACE_S3_URL",
                        "MILLRACE_ADMIN_TOKEN");
    }
}
