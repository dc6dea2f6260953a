package io.millrace.bench.asking;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.millrace.log.PositionVector;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

final class AnswerTest {
    private static final PositionVector POSITION = new PositionVector(1, new TreeMap<>(Map.of(0, 81L)));

    @Test
    void answerEqualsTheSameRowsOfClickHouse() {
        Answer answer = Answer.parse(reply("""
                {"from":"2026-11-20T00:00:00Z","to":"2026-11-20T00:02:00Z","interval":"minute","timezone":"UTC","series":[
                {"event_type":"order","points":[{"start":"2026-11-20T00:00:00Z","count":3,"order_amount_sum":"10",
                "order_amount_avg":"3.333333","order_amount_min":"1.5","order_amount_max":"5"},
                {"start":"2026-11-20T00:01:00Z","count":0}]},
                {"event_type":"search","points":[{"start":"2026-11-20T00:00:00Z","count":0},
                {"start":"2026-11-20T00:01:00Z","count":7}]}],""", true));
        Numbers rows = Numbers.rows("""
                order\t1795132800\t3\t3\t10.000000\t1.500000\t5
                search\t1795132860\t7\t0\t0\t\\N\t\\N
                """);
        assertThat(answer.numbers()).isEqualTo(rows);
        assertThat(answer.numbers().events()).isEqualTo(10);
        assertThat(answer.position()).isEqualTo(POSITION);
        assertThat(answer.exact()).isTrue();
        assertThat(answer.upToDate()).isTrue();
    }

    @Test
    void oneEventMoreIsADifference() {
        Numbers counted = Numbers.rows("order\t0\t3\t1\t10\t10\t10\nsearch\t0\t7\t0\t0\t\\N\t\\N");
        Numbers answered = Numbers.rows("order\t0\t4\t1\t10\t10\t10\nsearch\t0\t7\t0\t0\t\\N\t\\N");
        assertThat(answered.without(counted)).isEqualTo(Numbers.rows("order\t0\t4\t1\t10\t10\t10"));
        assertThat(counted.without(counted)).isEqualTo(Numbers.rows(""));
    }

    @Test
    void averageIsRoundedHalfToEven() {
        Numbers rows = Numbers.rows("order\t0\t2\t2\t0.000005\t0.000002\t0.000003");
        Answer answer = Answer.parse(reply("""
                {"groups":[{"event_type":"order","count":2,"order_amount_sum":"0.000005","order_amount_avg":"0.000002",
                "order_amount_min":"0.000002","order_amount_max":"0.000003"}],""", true));
        assertThat(answer.numbers()).isEqualTo(rows);
    }

    @Test
    void marksAreFoundWithoutReading() {
        Reply exact = reply("{\"groups\":[],", true);
        Reply behind = reply("{\"groups\":[" + " ".repeat(5_000) + "],", false);
        assertThat(Answer.bears(exact, Answer.Mark.EXACT)).isTrue();
        assertThat(Answer.bears(exact, Answer.Mark.NOT_LIVE)).isFalse();
        assertThat(Answer.bears(behind, Answer.Mark.EXACT)).isFalse();
        assertThat(Answer.bears(behind, Answer.Mark.NOT_LIVE)).isTrue();
        assertThat(Answer.parse(behind).upToDate()).isFalse();
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Answer.bears(new Reply(200, new byte[10]), Answer.Mark.EXACT));
    }

    private static Reply reply(String beginning, boolean exactAndLive) {
        String meta = exactAndLive
                ? "\"meta\":{\"exact\":true,\"reasons\":[],\"position\":\"%s\",\"sources\":[\"history\",\"live\"]}}"
                : "\"meta\":{\"exact\":false,\"reasons\":[\"expired\"],\"position\":\"%s\",\"sources\":[\"history\"],"
                        + "\"not_live\":{\"tail_behind\":[0,3]}}}";
        return new Reply(200, (beginning + meta.formatted(POSITION.toToken())).getBytes(StandardCharsets.UTF_8));
    }
}
