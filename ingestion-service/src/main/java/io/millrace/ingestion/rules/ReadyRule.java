package io.millrace.ingestion.rules;

import io.millrace.event.Event;
import io.millrace.ingestion.rules.Decision.Reason;
import io.millrace.ingestion.rules.EventRule.Requirement;
import io.millrace.log.DeadLetterMark;
import io.millrace.log.Tenant;
import java.util.Objects;
import java.util.Optional;

/**
 * A rule, ready for use.
 *
 * @param schema of its requirement; empty where there is none, or where it cannot be used
 */
record ReadyRule(EventRule rule, Optional<EventSchema> schema) {
    /** Whether nobody can say what it says. */
    boolean isUnusable() {
        return rule.requirement() != null && schema.isEmpty();
    }

    /** Held against the schema first, so that what is wrong is told of every event, and not of a sample. */
    Decision decide(Tenant tenant, Event event) {
        if (rule.drop()) {
            return new Decision.LeftOut(Reason.DROP);
        }
        if (isUnusable()) {
            return new Decision.Undecided();
        }
        Requirement requirement = rule.requirement();
        if (requirement != null) {
            Optional<String> mismatch = schema.flatMap(required -> required.mismatch(event));
            if (mismatch.isPresent()) {
                return new Decision.Mismatch(
                        event, DeadLetterMark.schemaMismatch(mismatch.get()), requirement.onMismatch());
            }
        }
        return sampled(tenant, event);
    }

    private Decision sampled(Tenant tenant, Event event) {
        int oneIn = rule.sampleOneIn();
        if (oneIn == 1) {
            return new Decision.LetIn(event);
        }
        return Sampling.letsIn(tenant, Objects.requireNonNull(event.id(), "an event is sampled by its id"), oneIn)
                ? new Decision.LetIn(event.withWeight(oneIn))
                : new Decision.LeftOut(Reason.SAMPLE);
    }
}
