package io.millrace.localstack.process;

import java.util.Optional;

/** A real request to a part. */
@FunctionalInterface
public interface Probe {
    /** Why the part does not answer; empty when it does. */
    Optional<String> problem();
}
