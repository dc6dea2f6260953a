package io.millrace.retention;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kit.openapi.OpenApi;
import io.millrace.kit.problem.ProblemException;
import io.r2dbc.spi.R2dbcNonTransientResourceException;
import java.util.Arrays;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.Test;
import org.springframework.dao.DataAccessResourceFailureException;

class LifecycleProblemTest {
    @Test
    void codesAreThoseOfTheApiDocument() {
        String document = OpenApi.packaged().document().toString();
        assertThat(Arrays.stream(LifecycleProblem.values()).map(LifecycleProblem::code))
                .allSatisfy(code -> assertThat(document).contains("\"" + code + "\""));
    }

    @Test
    void databaseThatIsAwayIsUnavailable() {
        for (Throwable away : new Throwable[] {
            new DataAccessResourceFailureException("gone"),
            new R2dbcNonTransientResourceException("gone"),
            new CompletionException(new DataAccessResourceFailureException("gone"))
        }) {
            ProblemException problem = (ProblemException) LifecycleProblem.of(away);
            assertThat(problem.problem().code()).isEqualTo("postgres_unavailable");
            assertThat(problem.problem().status().value()).isEqualTo(503);
            assertThat(problem.problem().retryAfter()).isNotNull();
        }
    }

    @Test
    void mistakeOfOursStaysOne() {
        IllegalStateException bug = new IllegalStateException();
        assertThat(LifecycleProblem.of(bug)).isSameAs(bug);
        assertThat(LifecycleProblem.of(new CompletionException(bug))).isSameAs(bug);
    }
}
