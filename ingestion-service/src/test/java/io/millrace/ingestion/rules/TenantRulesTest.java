package io.millrace.ingestion.rules;

import static io.millrace.ingestion.rules.SomeRules.drop;
import static io.millrace.ingestion.rules.SomeRules.require;
import static io.millrace.ingestion.rules.SomeRules.sample;
import static org.assertj.core.api.Assertions.assertThat;

import io.millrace.event.Event;
import io.millrace.event.EventId;
import io.millrace.ingestion.rules.Decision.Reason;
import io.millrace.ingestion.rules.EventRule.Requirement;
import io.millrace.log.Tenant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class TenantRulesTest {
    private static final Tenant TENANT = new Tenant("acme");
    private static final String WITH_USER = "{'required':['user_id']}";

    private static Event event(String type, int id) {
        return Event.ofType(type).withId(EventId.of(new UUID(0, id)));
    }

    private static Event event(String type) {
        return event(type, 1);
    }

    @Test
    void withoutARuleAnEventIsLetInAsItIs() {
        assertThat(TenantRules.none(TENANT).decide(event("a"))).isEqualTo(new Decision.LetIn(event("a")));
        assertThat(SomeRules.of(TENANT, drop("a")).decide(event("b"))).isEqualTo(new Decision.LetIn(event("b")));
    }

    @Test
    void ruleOfATypeStandsInThePlaceOfThatOfAll() {
        TenantRules rules = SomeRules.of(TENANT, drop("*"), require("a", WITH_USER, OnMismatch.REJECT));
        assertThat(rules.decide(event("b"))).isEqualTo(new Decision.LeftOut(Reason.DROP));
        assertThat(rules.decide(event("*"))).isEqualTo(new Decision.LeftOut(Reason.DROP));
        assertThat(rules.decide(event("a"))).isInstanceOf(Decision.Mismatch.class);
    }

    @Test
    void sampledEventStandsForAll() {
        TenantRules rules = SomeRules.of(TENANT, sample("a", 20));
        List<Decision> decisions = IntStream.range(0, 1_000)
                .mapToObj(i -> rules.decide(event("a", i)))
                .toList();
        assertThat(decisions)
                .allSatisfy(decision -> assertThat(decision)
                        .satisfiesAnyOf(
                                one -> assertThat(one).isEqualTo(new Decision.LeftOut(Reason.SAMPLE)),
                                one -> assertThat(((Decision.LetIn) one).event().weight())
                                        .isEqualTo(20)));
        assertThat(decisions.stream().filter(Decision.LetIn.class::isInstance)).hasSizeBetween(20, 90);
    }

    @Test
    void whatDoesNotMatchIsSaidOfEveryEventAndNotOfASample() {
        TenantRules rules = SomeRules.of(
                TENANT,
                new EventRule(
                        "a", false, 1_000_000, new Requirement(WITH_USER.replace('\'', '"'), OnMismatch.DEAD_LETTER)));
        for (int i = 0; i < 20; i++) {
            assertThat(rules.decide(event("a", i))).isInstanceOfSatisfying(Decision.Mismatch.class, mismatch -> {
                assertThat(mismatch.then()).isEqualTo(OnMismatch.DEAD_LETTER);
                assertThat(mismatch.mark().reason()).isEqualTo("schema_mismatch");
                assertThat(mismatch.mark().detail()).isEqualTo("required property 'user_id' not found");
                assertThat(mismatch.event().weight()).isOne();
            });
        }
    }

    @Test
    void eventsOfARuleThatCannotBeUsedAreUndecidedAndOthersAreNot() {
        RuleSet set = SomeRules.set(TENANT, require("a", "{'type':7}", OnMismatch.REJECT), drop("b"));
        assertThat(set.of(TENANT).decide(event("a"))).isEqualTo(new Decision.Undecided());
        assertThat(set.of(TENANT).decide(event("b"))).isEqualTo(new Decision.LeftOut(Reason.DROP));
        assertThat(set.of(TENANT).decide(event("c"))).isEqualTo(new Decision.LetIn(event("c")));
        assertThat(set.size()).isEqualTo(2);
        assertThat(set.unusable()).isOne();
    }

    @Test
    void rulesAreTheirTenantsOnly() {
        RuleSet set = SomeRules.set(TENANT, drop("*"));
        assertThat(set.of(new Tenant("other")).decide(event("a"))).isEqualTo(new Decision.LetIn(event("a")));
    }

    @Test
    void newSetHasTheSchemasOfTheOldOneAndItsOwnRules() {
        List<StoredRule> kept = SomeRules.stored(TENANT, require("a", WITH_USER, OnMismatch.REJECT));
        RuleSet before = RuleSet.of(kept, SomeRules.COMPILER, RuleSet.NONE);
        // It could make no schema of its own: one step is too few for any.
        SchemaCompiler other = new SchemaCompiler(1);
        RuleSet after = RuleSet.of(kept, other, before);
        assertThat(after.of(TENANT).decide(event("a")))
                .isInstanceOfSatisfying(
                        Decision.Mismatch.class,
                        mismatch -> assertThat(mismatch.mark().detail()).contains("user_id"));
        RuleSet anew = RuleSet.of(kept, other, RuleSet.NONE);
        assertThat(anew.of(TENANT).decide(event("a")))
                .isInstanceOfSatisfying(
                        Decision.Mismatch.class,
                        mismatch -> assertThat(mismatch.mark().detail()).contains("1 steps"));
        assertThat(RuleSet.of(List.of(), other, before).of(TENANT).decide(event("a")))
                .isEqualTo(new Decision.LetIn(event("a")));
    }
}
