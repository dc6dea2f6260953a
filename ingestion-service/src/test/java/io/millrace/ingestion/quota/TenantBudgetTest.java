package io.millrace.ingestion.quota;

import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.kit.http.RateLimit;
import io.millrace.log.Tenant;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class TenantBudgetTest {
    private static final Tenant TENANT = new Tenant("shop");
    private static final long SECOND = 1_000_000_000L;
    private static final Quota EVENTS = new Quota(100L, null, 2);

    private final TenantBudget budget = new TenantBudget(EVENTS, 1, 0);

    @Test
    void burstCanBeHadAtOnceAndThenTheRate() {
        assertThat(take(Resource.EVENTS, 200, 0)).isEmpty();
        assertThat(take(Resource.EVENTS, 1, 0)).isPresent();
        assertThat(take(Resource.EVENTS, 100, SECOND)).isEmpty();
        assertThat(take(Resource.EVENTS, 1, SECOND)).isPresent();
    }

    @Test
    void requestLargerThanAnyBurstPassesAndThenIsWaitedFor() {
        assertThat(take(Resource.EVENTS, 1_200, 0)).isEmpty();
        assertThat(budget.ask(0)).hasValueSatisfying(refusal -> {
            assertThat(refusal.resource()).isEqualTo(Resource.EVENTS);
            assertThat(refusal.perSecond()).isEqualTo(100);
            assertThat(refusal.untilOpen()).isCloseTo(Duration.ofSeconds(10), Duration.ofMillis(1));
        });
        assertThat(budget.ask(10 * SECOND + 1_000)).isEmpty();
    }

    @Test
    void whatHasNoQuotaIsNotLimited() {
        assertThat(take(Resource.BYTES, Integer.MAX_VALUE, 0)).isEmpty();
        assertThat(budget.ask(0)).isEmpty();
    }

    @Test
    void bodyThatTakesAllBytesDoesNotHinderItsOwnEvents() {
        TenantBudget both = new TenantBudget(new Quota(100L, 10L, 1), 1, 0);
        assertThat(both.take(Resource.BYTES, 1_000, 0)).isEmpty();
        assertThat(both.take(Resource.EVENTS, 5, 0)).isEmpty();
        assertThat(both.ask(0))
                .hasValueSatisfying(refusal -> assertThat(refusal.resource()).isEqualTo(Resource.BYTES));
        assertThat(both.limit(0)).isEqualTo(new RateLimit("bytes", 10, 0, Duration.ofSeconds(100)));
    }

    @Test
    void shareIsAPartOfRateAndBurst() {
        agree(new Claim(TENANT, 1_000, 0), 0);
        assertThat(take(Resource.EVENTS, 100, 0)).isEmpty();
        assertThat(take(Resource.EVENTS, 1, 0)).isPresent();
        assertThat(take(Resource.EVENTS, 50, SECOND)).isEmpty();
        assertThat(take(Resource.EVENTS, 1, SECOND)).isPresent();
    }

    @Test
    void shareFollowsAChangedQuotaBeforeTheInstancesHaveTalkedAboutIt() {
        agree(new Claim(TENANT, 1_000, 0), 0);
        budget.follow(new Quota(1_000L, null, 1), 7, 0);
        assertThat(budget.isAgreed()).isTrue();
        assertThat(budget.limit(0).limit()).isEqualTo(1_000);
        take(Resource.EVENTS, 100, 0);
        assertThat(take(Resource.EVENTS, 500, SECOND)).isEmpty();
        assertThat(take(Resource.EVENTS, 1, SECOND)).isPresent();
    }

    @Test
    void quotaThatIsNewIsAGuessUntilTheInstancesHaveTalkedAboutIt() {
        agree(new Claim(TENANT, 0, 0), 0);
        budget.follow(new Quota(null, 800L, 1), 4, 0);
        assertThat(budget.isAgreed()).isFalse();
        assertThat(budget.limit(0)).isEqualTo(new RateLimit("bytes", 800, 200, Duration.ZERO));
    }

    @Test
    void refusedOnesAskForMoreThanTheyGet() {
        agree(new Claim(TENANT, 1_000, 0), 0);
        take(Resource.EVENTS, 1_000, 0);
        assertThat(budget.ask(9 * SECOND)).isPresent();
        assertThat(budget.claim(TENANT, 9 * SECOND).eventsPerSecond()).isEqualTo(100);
        assertThat(budget.claim(TENANT, 60 * SECOND).eventsPerSecond()).isEqualTo(1);
    }

    @Test
    void idleOneIsForgottenOnceItOwesNothing() {
        take(Resource.EVENTS, 1_000, 0);
        budget.ask(0);
        Duration lease = Duration.ofSeconds(5);
        assertThat(budget.isIdle(lease, 5 * SECOND)).isFalse();
        assertThat(budget.isIdle(lease, 5 * SECOND + 1)).isTrue();
        assertThat(budget.isFull(5 * SECOND + 1)).isFalse();
        assertThat(budget.isFull(10 * SECOND)).isTrue();
    }

    @Test
    void refusalIsSaidOnceAMinute() {
        Duration minute = Duration.ofMinutes(1);
        assertThat(budget.isWorthSaying(minute, 0)).isTrue();
        assertThat(budget.isWorthSaying(minute, 60 * SECOND)).isFalse();
        assertThat(budget.isWorthSaying(minute, 60 * SECOND + 1)).isTrue();
    }

    private Optional<Refusal> take(Resource resource, int amount, long now) {
        return budget.take(resource, amount, now);
    }

    /** With one other instance that is asked for far too much. */
    private void agree(Claim mine, long now) {
        budget.agree(mine, List.of(new Claim(TENANT, 1_000, 0)), now);
    }
}
