package io.millrace.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.millrace.kit.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LifecycleBodyTest {
    private static byte[] bytes(String json) {
        return json.getBytes(StandardCharsets.UTF_8);
    }

    private static String keepDaysRefusal(String json) {
        return catchThrowableOfType(ProblemException.class, () -> LifecycleBody.keepDays(bytes(json)))
                .problem()
                .code();
    }

    private static String dryRunRefusal(String json) {
        return catchThrowableOfType(ProblemException.class, () -> LifecycleBody.dryRun(bytes(json)))
                .problem()
                .code();
    }

    @Test
    void readsKeepDaysUpToTheLimits() {
        assertThat(LifecycleBody.keepDays(bytes("{\"keep_days\":1}"))).isEqualTo(1);
        assertThat(LifecycleBody.keepDays(bytes(" { \"keep_days\" : 36500 } "))).isEqualTo(36_500);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"keep_days\":0}",
                "{\"keep_days\":36501}",
                "{\"keep_days\":-1}",
                "{\"keep_days\":1.5}",
                "{\"keep_days\":1.0}",
                "{\"keep_days\":4294967297}",
                "{\"keep_days\":99999999999999999999}",
                "{\"keep_days\":\"7\"}",
                "{\"keep_days\":null}",
                "{}"
            })
    void refusesOtherKeepDays(String json) {
        assertThat(keepDaysRefusal(json)).isEqualTo("keep_days_invalid");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "7",
                "null",
                "[{\"keep_days\":7}]",
                "{\"keep_days\":7",
                "{\"keep_days\":7}{}",
                "{\"keep_days\":7,\"keep_days\":8}",
                "{\"keep_days\":7,\"tenant\":\"x\"}"
            })
    void refusesOtherBodies(String json) {
        assertThat(keepDaysRefusal(json)).isEqualTo("body_invalid");
    }

    @Test
    void dryRunIsSaidAndNeverAssumed() {
        assertThat(LifecycleBody.dryRun(bytes("{\"dry_run\":true}"))).isTrue();
        assertThat(LifecycleBody.dryRun(bytes("{\"dry_run\":false}"))).isFalse();
        assertThat(dryRunRefusal("{}")).isEqualTo("dry_run_missing");
        assertThat(dryRunRefusal("{\"dry_run\":\"true\"}")).isEqualTo("dry_run_missing");
        assertThat(dryRunRefusal("{\"dryrun\":true}")).isEqualTo("body_invalid");
        assertThat(dryRunRefusal("")).isEqualTo("body_invalid");
    }
}
