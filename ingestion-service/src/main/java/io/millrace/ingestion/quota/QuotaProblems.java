package io.millrace.ingestion.quota;

import io.millrace.kit.problem.Problem;
import org.springframework.http.HttpStatus;

/** What a tenant is told that sends too much. */
final class QuotaProblems {
    private QuotaProblems() {}

    static Problem exceeded(Refusal refusal) {
        return Problem.of(HttpStatus.TOO_MANY_REQUESTS, "quota_exceeded", "The tenant sends more than its quota")
                .withDetail("The quota is " + refusal.perSecond() + " "
                        + refusal.resource().text() + " a second. Send the whole request again")
                .withRetryAfter(refusal.untilOpen());
    }
}
