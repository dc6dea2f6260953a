package io.millrace.ingestion.publish;

import io.millrace.kit.breaker.Verdict;
import java.io.Serial;
import org.apache.kafka.common.errors.RetriableException;

/** Kafka does not have all events of a request, or did not say so in time. */
public final class PublishFailed extends RuntimeException {
    @Serial
    private static final long serialVersionUID = 1L;

    PublishFailed(Exception cause) {
        super(cause.toString(), cause, false, false);
    }

    /** Kafka calls those errors retriable that come of brokers, not of records: its timeouts, lost connections and leaders. */
    static Verdict judge(Throwable error) {
        return error instanceof PublishFailed && error.getCause() instanceof RetriableException
                ? Verdict.AWAY
                : Verdict.NOTHING;
    }
}
