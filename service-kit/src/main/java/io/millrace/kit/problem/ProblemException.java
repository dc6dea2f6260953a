package io.millrace.kit.problem;

import org.jspecify.annotations.Nullable;

/** Carries a {@link Problem} to the error handler. It has no stack trace: it is an answer, not a bug. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    ProblemException(Problem problem, @Nullable Throwable cause) {
        super(problem.code(), cause, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
