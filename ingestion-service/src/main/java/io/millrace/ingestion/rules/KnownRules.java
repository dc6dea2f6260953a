package io.millrace.ingestion.rules;

import io.millrace.kit.connection.PostgresCopy;
import io.millrace.kit.problem.Problem;
import java.time.Duration;
import java.util.Optional;
import org.springframework.http.HttpStatus;

/** All rules, in memory. Before they have been read once nobody is let in, since nobody knows what is wanted. */
public final class KnownRules {
    private static final Duration RETRY_AFTER = Duration.ofSeconds(2);

    private final PostgresCopy<RuleSet> table;

    KnownRules(PostgresCopy<RuleSet> table) {
        this.table = table;
    }

    /**
     * The rules in force.
     *
     * @throws io.millrace.kit.problem.ProblemException when they have not been read yet
     */
    public RuleSet inForce() {
        return latest().orElseThrow(() -> unavailable().toException()).value();
    }

    /** {@return the answer to events of which nobody can say what is wanted} */
    public static Problem unavailable() {
        return Problem.of(HttpStatus.SERVICE_UNAVAILABLE, "rules_unavailable", "The tenant's rules are not known")
                .withDetail("They could not be read from PostgreSQL yet, or one of them cannot be used")
                .withRetryAfter(RETRY_AFTER);
    }

    Optional<PostgresCopy.Reading<RuleSet>> latest() {
        return table.latest();
    }
}
