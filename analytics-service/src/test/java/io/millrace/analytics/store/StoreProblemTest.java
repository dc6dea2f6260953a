package io.millrace.analytics.store;

import static org.assertj.core.api.Assertions.assertThat;

import com.clickhouse.client.api.ConnectionInitiationException;
import com.clickhouse.client.api.DataTransferException;
import com.clickhouse.client.api.ServerException;
import io.millrace.kit.openapi.OpenApi;
import io.millrace.kit.problem.Problem;
import io.millrace.kit.problem.ProblemException;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StoreProblemTest {
    private static Problem problem(Throwable failure) {
        return assertThat(StoreProblem.of(failure))
                .asInstanceOf(InstanceOfAssertFactories.type(ProblemException.class))
                .actual()
                .problem();
    }

    private static ServerException server(int code, String message) {
        return new ServerException(code, message, 500, "query");
    }

    @ParameterizedTest
    @CsvSource({
        "159, 504, question_too_slow",
        "160, 504, question_too_slow",
        "396, 422, answer_too_large",
        "241, 422, question_too_heavy",
        "202, 503, clickhouse_overloaded",
        "516, 503, clickhouse_unavailable",
        "60, 503, clickhouse_unavailable",
    })
    void serversCodesAreTold(int code, int status, String expected) {
        Problem problem = problem(server(code, "Memory limit (for query) exceeded"));
        assertThat(problem.status().value()).isEqualTo(status);
        assertThat(problem.code()).isEqualTo(expected);
        assertThat(problem.retryAfter() != null).isEqualTo(status == 503);
    }

    @Test
    void fullServerIsNotTheQuestionsFault() {
        assertThat(problem(server(241, "(total) memory limit exceeded")).code()).isEqualTo("clickhouse_overloaded");
    }

    @Test
    void serverThatIsAwayIsUnavailable() {
        for (Throwable away : List.of(
                new ConnectionInitiationException("refused"),
                new DataTransferException("failed", new SocketTimeoutException("Read timed out")))) {
            assertThat(problem(away).code()).isEqualTo("clickhouse_unavailable");
            assertThat(problem(away).retryAfter()).isNotNull();
        }
    }

    @Test
    void mistakeOfOurOwnStaysOne() {
        ServerException syntax = server(62, "Syntax error");
        IllegalStateException bug = new IllegalStateException();
        assertThat(StoreProblem.of(syntax)).isSameAs(syntax);
        assertThat(StoreProblem.of(bug)).isSameAs(bug);
    }

    @Test
    void codesAreThoseOfTheApiDocument() {
        OpenApi api = OpenApi.packaged();
        assertThat(Stream.of("TooMuch", "TooMany", "Unavailable", "TooSlow")
                        .flatMap(response -> api.problemCodes(response).stream()))
                .containsAll(Arrays.stream(StoreProblem.values())
                        .map(StoreProblem::code)
                        .toList());
    }
}
