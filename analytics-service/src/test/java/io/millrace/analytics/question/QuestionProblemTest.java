package io.millrace.analytics.question;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kit.openapi.OpenApi;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class QuestionProblemTest {
    @Test
    void codesAreThoseOfTheApiDocument() {
        assertThat(OpenApi.packaged().problemCodes("BadQuestion"))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(QuestionProblem.values())
                        .map(QuestionProblem::code)
                        .toList());
    }
}
