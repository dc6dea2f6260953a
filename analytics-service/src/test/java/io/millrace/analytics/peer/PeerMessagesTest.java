package io.millrace.analytics.peer;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.analytics.question.Fill;
import io.millrace.analytics.question.GroupBy;
import io.millrace.analytics.question.Interval;
import io.millrace.analytics.question.OnePoint;
import io.millrace.analytics.question.Question;
import io.millrace.analytics.question.SpacedPoints;
import io.millrace.analytics.question.TimeRange;
import io.millrace.analytics.tail.LiveTotals;
import io.millrace.analytics.tail.Reach;
import io.millrace.analytics.total.Measures;
import io.millrace.analytics.total.Total;
import io.millrace.analytics.unique.UniqState;
import io.millrace.analytics.unique.Users;
import io.millrace.kit.installation.UniqueHashKeys;
import io.millrace.log.Tenant;
import java.math.BigInteger;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

/** What instances say to one another arrives as it was. */
class PeerMessagesTest {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TimeRange RANGE =
            new TimeRange(Instant.parse("2026-11-20T00:00:00.001Z"), Instant.parse("2026-11-21T00:00:00Z"));

    private static Question sent(Question question) {
        byte[] bytes = JSON.writeValueAsBytes(TailRequest.of(question, Map.of(3, 1L << 60)));
        TailRequest arrived = JSON.readValue(bytes, TailRequest.class);
        assertThat(arrived.partitions()).isEqualTo(Map.of(3, 1L << 60));
        return arrived.question();
    }

    @Test
    void questionsArrive() {
        Question counts =
                new Question.Counts(new Tenant("shop"), RANGE, Collections.emptySortedSet(), GroupBy.EVENT_TYPE);
        assertThat(sent(counts)).isEqualTo(counts);
        Question series = new Question.Timeseries(
                new Tenant("shop"),
                SpacedPoints.of(RANGE, Interval.WEEK, ZoneId.of("Asia/Kolkata"), 10)
                        .orElseThrow(),
                new TreeSet<>(List.of("a \"b\"", "ü")),
                GroupBy.EVENT_TYPE,
                Fill.NONE);
        assertThat(sent(series)).isEqualTo(series);
        Question users = new Question.Uniques(
                new Tenant("shop"), new OnePoint(RANGE), Collections.emptySortedSet(), GroupBy.NONE, Fill.NONE);
        assertThat(sent(users)).isEqualTo(users);
    }

    @Test
    void repliesArrive() {
        UniqState state = new UniqState();
        state.addHash(7);
        LiveTotals live = new LiveTotals(
                List.of(
                        new Total("a", 0, Measures.withoutAmounts(Long.MAX_VALUE)),
                        new Total("b", 0, Measures.withoutAmounts(2).withUsers(Users.of(state))),
                        new Total(
                                "ü",
                                -60,
                                new Measures(9, 3, new BigInteger("-1" + "0".repeat(37)), -5, 5).withRows(2))),
                new TreeMap<>(Map.of(0, new Reach(1, 2, 3), 11, Reach.NONE)));
        byte[] bytes = JSON.writeValueAsBytes(TailReply.of(live));
        assertThat(JSON.readValue(bytes, TailReply.class).live()).isEqualTo(live);
    }

    @Test
    void tokenIsTheInstallationsOwn() {
        PeerToken token = new PeerToken(new UniqueHashKeys(1, 2));
        assertThat(token.is(new PeerToken(new UniqueHashKeys(1, 2)).text())).isTrue();
        assertThat(token.is(new PeerToken(new UniqueHashKeys(2, 1)).text())).isFalse();
        assertThat(token.text()).hasSize(43);
    }
}
