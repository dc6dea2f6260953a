package io.millrace.cli.door;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

final class JudgementTest {
    private static final Instant NOW = Instant.parse("2026-11-20T10:00:00Z");

    @Test
    void acceptedAndRejectedTogetherSettle() {
        Verdict verdict = of(202, """
                {"accepted":2,"rejected":[{"index":1,"code":"event_type_missing","detail":"none"}],"position":"p"}""", 3);
        assertThat(verdict)
                .isEqualTo(new Verdict.Settled(new Reply(2, List.of(new Rejection(1, "event_type_missing", "none")))));
    }

    @Test
    void whatRulesDidIsAccountedForToo() {
        Verdict verdict = of(202, """
                {"accepted":1,"rejected":[{"index":1,"code":"a","detail":"b"}],
                 "dropped":[{"code":"rule_drop","indexes":[0]},{"code":"rule_sample","indexes":[2,5]}],
                 "dead_letters":[{"index":4,"code":"schema_mismatch","detail":"d"}],"position":"p"}""", 6);
        assertThat(verdict)
                .isEqualTo(new Verdict.Settled(new Reply(
                        1, 3, List.of(new Rejection(1, "a", "b"), new Rejection(4, "schema_mismatch", "d")))));
    }

    @Test
    void nothingAcceptableSettlesToo() {
        Verdict verdict = of(400, """
                {"status":400,"code":"nothing_accepted","detail":"d",
                 "rejected":[{"index":0,"code":"a","detail":"b"},{"index":1,"code":"c"}]}""", 2);
        assertThat(verdict)
                .isEqualTo(new Verdict.Settled(
                        new Reply(0, List.of(new Rejection(0, "a", "b"), new Rejection(1, "c", "")))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"accepted\":2,\"rejected\":[]}",
                "{\"accepted\":4,\"rejected\":[]}",
                "{\"accepted\":2,\"rejected\":[{\"index\":3}]}",
                "{\"accepted\":2,\"rejected\":[{\"index\":-1}]}",
                "{\"accepted\":1,\"rejected\":[{\"index\":1},{\"index\":1}]}",
                "{\"accepted\":2,\"rejected\":[{}]}",
                "{\"accepted\":2,\"rejected\":[{\"index\":1}],\"dropped\":[{\"code\":\"rule_drop\",\"indexes\":[1]}]}",
                "{\"accepted\":2,\"rejected\":[],\"dropped\":[{\"code\":\"rule_drop\",\"indexes\":[3]}]}",
                "{\"accepted\":2,\"rejected\":[],\"dropped\":[{\"code\":\"rule_drop\"}]}",
                "{\"rejected\":[]}",
                "{\"accepted\":-1}",
                "OK",
                ""
            })
    void answerThatDoesNotAccountForEveryEventIsNotBelieved(String body) {
        assertThat(of(202, body, 3)).isInstanceOf(Verdict.Never.class);
    }

    @Test
    void badRequestWithoutAnAccountIsFinal() {
        assertThat(of(400, "{\"code\":\"malformed\",\"detail\":\"no\"}", 1))
                .isEqualTo(new Verdict.Never("HTTP 400 malformed: no"));
    }

    @ParameterizedTest
    @ValueSource(ints = {408, 429, 502, 503, 504})
    void passingTroubleIsTriedAgain(int status) {
        assertThat(of(status, "busy", 1)).isEqualTo(new Verdict.Later("HTTP " + status + " busy", Duration.ZERO));
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 201, 301, 404, 405, 415, 500, 501})
    void everythingElseIsFinal(int status) {
        assertThat(of(status, "{\"accepted\":1,\"rejected\":[]}", 1)).isInstanceOf(Verdict.Never.class);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void unknownKeyIsDenied(int status) {
        assertThat(of(status, "", 1)).isEqualTo(new Verdict.Denied("HTTP " + status));
    }

    @Test
    void tooLargeIsSaid() {
        assertThat(of(413, "", 1)).isInstanceOf(Verdict.TooLarge.class);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0|0",
                "7|7",
                "Fri, 20 Nov 2026 10:00:30 GMT|30",
                "Fri, 20 Nov 2026 09:00:00 GMT|0",
                "-3|0",
                "soon|0",
                "99999999999999999999|0"
            })
    void retryAfterIsSecondsOrADate(String header, long seconds) {
        Verdict verdict = Judgement.of(new Answer(503, Optional.of(header), ""), 1, NOW);
        assertThat(verdict).isEqualTo(new Verdict.Later("HTTP 503", Duration.ofSeconds(seconds)));
    }

    @Test
    void longAnswersAreQuotedInPart() {
        assertThat(of(500, "x".repeat(301), 1)).isEqualTo(new Verdict.Never("HTTP 500 " + "x".repeat(300) + "…"));
        assertThat(of(500, "x".repeat(300), 1)).isEqualTo(new Verdict.Never("HTTP 500 " + "x".repeat(300)));
    }

    private static Verdict of(int status, String body, int events) {
        return Judgement.of(new Answer(status, Optional.empty(), body), events, NOW);
    }
}
