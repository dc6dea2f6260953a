package io.millrace.retention.run;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.ConnectionInitiationException;
import java.net.ConnectException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class RunFailureTest {
    @Test
    void saysWhichServerAndWhy() {
        assertThat(RunFailure.describe(new ConnectionInitiationException(
                        "Query request failed", new ConnectException("Connection refused"))))
                .isEqualTo("ClickHouse: Connection refused");
        assertThat(RunFailure.describe(new DataAccessResourceFailureException("gone")))
                .isEqualTo("PostgreSQL: gone");
        assertThat(RunFailure.describe(new RunFailure("it is still there"))).isEqualTo("it is still there");
        assertThat(RunFailure.describe(new IllegalStateException())).isEqualTo("java.lang.IllegalStateException");
    }

    @Test
    void longestTextIsKeptAndALongerOneCut() {
        assertThat(RunFailure.describe(new RunFailure("x".repeat(1_000)))).hasSize(1_000);
        assertThat(RunFailure.describe(new RunFailure("x".repeat(1_001)))).hasSize(1_000);
    }

    @Test
    void mistakesOfOursAreNotExpected() {
        assertThat(RunFailure.isExpected(new RunFailure("why"))).isTrue();
        assertThat(RunFailure.isExpected(new DataAccessResourceFailureException("gone")))
                .isTrue();
        assertThat(RunFailure.isExpected(new NullPointerException())).isFalse();
    }
}
