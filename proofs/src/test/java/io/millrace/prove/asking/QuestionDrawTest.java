package io.millrace.prove.asking;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.prove.traffic.Seed;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

final class QuestionDrawTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:07:08.009Z");
    /** {@code millrace.questions.range-max}. */
    private static final Duration RANGE_MAX = Duration.ofDays(18_263);

    @Test
    void oneSeedGivesTheSameQuestions() {
        assertThat(drawn(7)).isEqualTo(drawn(7));
        assertThat(drawn(7)).isNotEqualTo(drawn(8));
    }

    @Test
    void questionsAreOfEveryKind() {
        List<Question> drawn = drawn(7);

        assertThat(drawn).extracting(Question::tenant).contains("acme", "globex");
        assertThat(drawn).extracting(Question::width).contains(null, Width.MINUTE, Width.HOUR, Width.DAY);
        assertThat(drawn).anyMatch(question -> question.types().isEmpty());
        assertThat(drawn).anyMatch(question -> question.types().size() == 2);
        for (Width width : Width.values()) {
            assertThat(drawn)
                    .anyMatch(question -> question.fromMillis() % width.millis() == 0
                            && question.toMillis() % width.millis() == 0
                            && question.fromMillis() < question.toMillis());
        }
        assertThat(drawn).anyMatch(question -> question.fromMillis() % 1_000 != 0);
        assertThat(drawn).anyMatch(question -> question.fromMillis() > NOW.toEpochMilli());
        assertThat(drawn)
                .anyMatch(question ->
                        question.toMillis() < NOW.minus(Duration.ofDays(30)).toEpochMilli());
    }

    @Test
    void noQuestionIsRefused() {
        assertThat(drawn(7)).allMatch(question -> question.toMillis() - question.fromMillis() <= RANGE_MAX.toMillis());
    }

    @Test
    void questionIsWrittenAsTheApiHasIt() {
        Question question = new Question(
                "acme", NOW.toEpochMilli(), NOW.plusSeconds(60).toEpochMilli(), List.of("a", "b"), Width.HOUR);

        assertThat(question.pathAndQuery())
                .isEqualTo(
                        "/v1/timeseries?from=2026-11-20T10:07:08.009Z&to=2026-11-20T10:08:08.009Z&interval=hour&fill=none"
                                + "&event_type=a&event_type=b");
    }

    private static List<Question> drawn(long seed) {
        QuestionDraw draw = new QuestionDraw(new Seed(seed).random("test"), InstantSource.fixed(NOW));
        return Stream.generate(draw::next).limit(2_000).toList();
    }
}
